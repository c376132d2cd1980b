// One page of a résumé as it will be exported, in the sharpness of the screen; follows every change at once.
import { useEffect, useMemo, useRef, useState } from 'react';
import { pageImage } from '../lib/pages';
import { readPaper } from '../lib/paper';

const SHARPEST = 3;

export function Sheet({ svg, label }: { svg: string; label: string }) {
  const paper = useMemo(() => readPaper(svg), [svg]);
  const isDrawn = paper !== null;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef(0);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    const sheet = canvas.current;
    if (!sheet) return;
    const look = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    look.observe(sheet);
    return () => look.disconnect();
  }, [isDrawn]);

  useEffect(() => {
    const sheet = canvas.current;
    // On the processor: a page is many small shapes, and a graphics card would take them one by one.
    const context = sheet?.getContext('2d', { willReadFrequently: true });
    if (!sheet || !context || !paper || width === 0) return;
    const scale = (width / paper.width) * Math.min(SHARPEST, window.devicePixelRatio || 1);
    const [across, down] = [Math.round(paper.width * scale), Math.round(paper.height * scale)];
    if (sheet.width !== across || sheet.height !== down) {
      sheet.width = across;
      sheet.height = down;
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paper.draw(context);
    sheet.dataset.drawn = String(++drawn.current);
  }, [paper, width]);

  if (!paper) return <img className="sheet" src={pageImage(svg)} alt={label} />;
  return (
    <div className="sheet" role="img" aria-label={label}>
      <canvas ref={canvas} style={{ aspectRatio: `${paper.width} / ${paper.height}` }} />
    </div>
  );
}
