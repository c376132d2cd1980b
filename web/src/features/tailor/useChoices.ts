// Which suggestions are taken, with undo and redo; every choice goes to the server at once.
import { useEffect, useState } from 'react';
import { useMay } from '../../api/queries';
import { withRivalsOut } from './rivals';
import type { TailoringDetail } from './queries';
import { TailoringConflict, useAccept } from './queries';

export function useChoices(detail: TailoringDetail) {
  const accept = useAccept(detail.id);
  const may = useMay();
  const [past, setPast] = useState<string[][]>([]);
  const [future, setFuture] = useState<string[][]>([]);
  // What was just clicked shows at once; the answer of the server settles it.
  const accepted = accept.isPending && accept.variables ? accept.variables : detail.accepted;

  const choose = (ids: string[]) => {
    setPast((all) => [...all, accepted]);
    setFuture([]);
    accept.mutate(ids);
  };
  const undo = () => {
    const last = past.at(-1);
    if (!last) return;
    setPast((all) => all.slice(0, -1));
    setFuture((all) => [...all, accepted]);
    accept.mutate(last);
  };
  const redo = () => {
    const next = future.at(-1);
    if (!next) return;
    setFuture((all) => all.slice(0, -1));
    setPast((all) => [...all, accepted]);
    accept.mutate(next);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox');
      if (typing || !may.edit || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  const conflict = accept.error instanceof TailoringConflict ? accept.error : null;
  return {
    accepted,
    choose,
    toggle: (id: string) => choose(accepted.includes(id) ? accepted.filter((other) => other !== id) : withRivalsOut(detail.tailoring.suggestions, accepted, id)),
    undo: past.length > 0 ? undo : null,
    redo: future.length > 0 ? redo : null,
    conflict,
    keepMine: () => conflict && accept.mutate(conflict.mine),
    takeTheirs: () => {
      accept.reset();
      setPast([]);
      setFuture([]);
    },
    problem: accept.isError && !conflict ? accept.error : null,
  };
}
