// The templates, each as a small picture of the person's own first page.
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '../../api/client';
import type { Exported } from './queries';
import { usePreview } from './queries';
import { t } from '../../lib/i18n';
import { pageImage } from '../../lib/pages';

type GalleryProps = {
  of: Exported;
  id: string;
  revision: string;
  templates: Schemas['TemplateInfo'][];
  chosen: string;
  onChoose: (name: string) => void;
};

export function Gallery({ templates, chosen, onChoose, ...document }: GalleryProps) {
  const about = templates.find((template) => template.name === chosen);
  return (
    <fieldset className="templates">
      <legend>{t('export.template')}</legend>
      <div className="gallery">
        {templates.map((template) => (
          <Choice key={template.name} {...document} template={template} chosen={template.name === chosen} onChoose={onChoose} />
        ))}
      </div>
      <p className="muted small about" aria-live="polite">
        {about?.description}
      </p>
    </fieldset>
  );
}

type ChoiceProps = Omit<GalleryProps, 'templates' | 'chosen'> & { template: Schemas['TemplateInfo']; chosen: boolean };

/** One template; its picture is drawn once it comes into view, since every one costs the server a rendering. */
function Choice({ of, id, revision, template, chosen, onChoose }: ChoiceProps) {
  const label = useRef<HTMLLabelElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!label.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(label.current);
    return () => observer.disconnect();
  }, []);
  const preview = usePreview(of, id, seen ? template.name : '', revision);
  const first = preview.data?.pages[0];
  return (
    <label ref={label} className={chosen ? 'chosen' : ''}>
      <span className="thumb" aria-busy={preview.isFetching}>
        {first !== undefined && <img src={pageImage(first)} alt="" />}
      </span>
      <span className="row">
        <input type="radio" name={`template-${id}`} value={template.name} checked={chosen} onChange={() => onChoose(template.name)} />
        {template.title}
      </span>
    </label>
  );
}
