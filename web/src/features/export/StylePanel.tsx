// Colours, fonts, spacing and sections of the document: every change is seen at once.
import { useId } from 'react';
import type { Schemas } from '../../api/client';
import { useMay, useTemplate } from '../../api/queries';
import { num, t } from '../../lib/i18n';
import type { Ordered } from '../../lib/order';
import { moveItem, sectionOrder } from '../../lib/order';
import { Button, ProblemCard } from '../../ui/basics';
import { Sortable } from '../../ui/Sortable';
import { useToast } from '../../ui/Toasts';
import { useCopyTemplate } from './queries';
import type { StyleChanges, StyleValue } from './style';
import { styleJson, valueAt } from './style';

const FONTS = ['EB Garamond', 'IBM Plex Mono', 'IBM Plex Sans', 'Inter', 'Libertinus Serif', 'Montserrat', 'Mulish', 'Source Sans 3', 'Source Serif 4'];
const CHOICES = [
  ['paper', 'style.paper', ['a4', 'us-letter']],
  ['date-format', 'style.dates', ['short', 'long', 'numeric', 'iso']],
  ['heading.case', 'style.case', ['normal', 'upper']],
  ['heading.rule', 'style.rule', ['none', 'below', 'above']],
  ['name.align', 'style.align', ['left', 'center']],
] as const;
/** Path, text, smallest, largest, step. */
const RANGES = [
  ['font-size', 'style.size', 8, 13, 0.25],
  ['line-height', 'style.line-height', 1.1, 1.8, 0.05],
  ['section-spacing', 'style.section-space', 2, 28, 1],
] as const;
const SIDES = ['margin.top', 'margin.right', 'margin.bottom', 'margin.left'];

type StylePanelProps = {
  template: Schemas['TemplateInfo'];
  changes: StyleChanges;
  onChange: (changes: StyleChanges) => void;
  onKept: (name: string) => void;
};

export function StylePanel({ template, changes, onChange, onKept }: StylePanelProps) {
  const detail = useTemplate(template.name);
  const copy = useCopyTemplate();
  const may = useMay();
  const say = useToast();
  const id = useId();
  const style = detail.data?.style;
  const at = (path: string) => valueAt(style, changes, path);
  const set = (values: Record<string, StyleValue>) => onChange({ ...changes, ...values });
  const margin = Number(at('margin.left') ?? 18);
  const order = sectionOrder((at('section-order') as string[] | undefined) ?? []);
  const hidden = (at('hidden-sections') as string[] | undefined) ?? [];
  if (detail.isError) return <ProblemCard error={detail.error} />;
  return (
    <div className="stack style-panel" aria-busy={detail.isPending}>
      <p className="muted small">{t('style.why')}</p>
      <label className="row spread" htmlFor={`${id}-accent`}>
        {t('style.accent')}
        <input id={`${id}-accent`} type="color" value={String(at('accent-color') ?? '#000000')} onChange={(event) => set({ 'accent-color': event.target.value })} />
      </label>
      {(['font-family', 'heading-font-family'] as const).map((path) => (
        <label key={path} htmlFor={`${id}-${path}`}>
          {path === 'font-family' ? t('style.font') : t('style.heading-font')}
          <select id={`${id}-${path}`} className="select" value={String(at(path) ?? '')} onChange={(event) => set({ [path]: event.target.value })}>
            {FONTS.map((font) => (
              <option key={font}>{font}</option>
            ))}
          </select>
        </label>
      ))}
      {RANGES.map(([path, name, least, most, step]) => (
        <label key={path} htmlFor={`${id}-${path}`}>
          {t(name, { n: num(Number(at(path) ?? least), 2) })}
          <input id={`${id}-${path}`} type="range" min={least} max={most} step={step} value={Number(at(path) ?? least)} onChange={(event) => set({ [path]: Number(event.target.value) })} />
        </label>
      ))}
      <label htmlFor={`${id}-margin`}>
        {t('style.margins', { n: num(margin, 1) })}
        <input
          id={`${id}-margin`}
          type="range"
          min={8}
          max={35}
          step={1}
          value={margin}
          onChange={(event) => set(Object.fromEntries(SIDES.map((side) => [side, Number(event.target.value)])))}
        />
      </label>
      <div className="style-choices">
        {CHOICES.map(([path, name, values]) => (
          <label key={path} htmlFor={`${id}-${path}`}>
            {t(name)}
            <select id={`${id}-${path}`} className="select" value={String(at(path) ?? values[0])} onChange={(event) => set({ [path]: event.target.value })}>
              {values.map((value) => (
                <option key={value} value={value}>
                  {t(`${name}.${value}` as 'style.paper.a4')}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <details>
        <summary>{t('style.sections')}</summary>
        <Sortable<Ordered>
          className="style-sections"
          items={order}
          idOf={(section) => section}
          nameOf={(section) => t(`section.${section}`)}
          onMove={(from, to) => {
            const next = [...order];
            moveItem(next, from, to);
            set({ 'section-order': next });
          }}
        >
          {(section, _, handle) => (
            <div className="row">
              {handle}
              <label className="row" htmlFor={`${id}-${section}`}>
                <input
                  id={`${id}-${section}`}
                  type="checkbox"
                  aria-label={t('style.shown', { section: t(`section.${section}`) })}
                  checked={!hidden.includes(section)}
                  onChange={(event) => set({ 'hidden-sections': event.target.checked ? hidden.filter((other) => other !== section) : [...hidden, section] })}
                />
                {t(`section.${section}`)}
              </label>
            </div>
          )}
        </Sortable>
      </details>
      <div className="row wrap">
        <Button slim disabled={Object.keys(changes).length === 0} onClick={() => onChange({})}>
          {t('style.reset')}
        </Button>
        <Button
          slim
          disabled={copy.isPending || !may.edit}
          onClick={() =>
            copy.mutate(
              { from: template.name, title: t('templates.copied', { template: template.title }), style: styleJson(changes) ?? null },
              {
                onSuccess: (made) => {
                  say(t('style.kept', { title: made.title }));
                  onKept(made.name);
                },
                onError: (error) => say(error.message),
              },
            )
          }
        >
          {t('style.keep')}
        </Button>
      </div>
    </div>
  );
}
