// All templates: those of the product, and the person's own.
import './templates.css';
import { Download, Pencil, Trash2, Upload } from 'lucide-react';
import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Schemas } from '../../api/client';
import { useMay, useResumes, useTemplates } from '../../api/queries';
import { t } from '../../lib/i18n';
import { pageImage } from '../../lib/pages';
import { inTeam } from '../../lib/team';
import { useTitle } from '../../lib/useTitle';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import { useCopyTemplate, useDeleteTemplate, useImportTemplate, usePages } from './queries';

export function TemplatesView() {
  useTitle(t('templates.title'));
  const templates = useTemplates();
  const may = useMay();
  const bring = useImportTemplate();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const own = templates.data?.filter((template) => template.own) ?? [];
  return (
    <main className="page wide">
      <div className="row spread wrap">
        <div className="page-head">
          <h1>{t('templates.title')}</h1>
          <p className="muted">{t('templates.lead')}</p>
        </div>
        <Button hidden={!may.edit} onClick={() => input.current?.click()} disabled={bring.isPending}>
          <Upload size={16} aria-hidden /> {t('templates.import')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".zip,application/zip"
          className="hidden-visually"
          tabIndex={-1}
          aria-label={t('templates.file')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) bring.mutate(file, { onSuccess: ({ name }) => void navigate(`/templates/${name}`) });
          }}
        />
      </div>
      {bring.isError && <ProblemCard error={bring.error} />}
      {templates.isPending && <Loading what={t('templates.loading')} />}
      {templates.isError && (
        <ProblemCard error={templates.error}>
          <Button onClick={() => void templates.refetch()}>{t('again')}</Button>
        </ProblemCard>
      )}
      {templates.data && (
        <>
          <Shelf title={t('templates.own')} templates={own} none={t('templates.own.none')} />
          <Shelf title={t('templates.product')} templates={templates.data.filter((template) => !template.own)} />
        </>
      )}
    </main>
  );
}

type ShelfProps = { title: string; templates: Schemas['TemplateInfo'][]; none?: string };

function Shelf({ title, templates, none }: ShelfProps) {
  const resumes = useResumes();
  const resume = resumes.data?.find(({ status }) => status === 'ready')?.id;
  return (
    <section className="stack" aria-label={title}>
      <h2>{title}</h2>
      {templates.length === 0 && <p className="muted">{none}</p>}
      <ul className="shelf">
        {templates.map((template) => (
          <Item key={template.name} template={template} resumeId={resume} />
        ))}
      </ul>
    </section>
  );
}

function Item({ template, resumeId }: { template: Schemas['TemplateInfo']; resumeId: string | undefined }) {
  const pages = usePages(resumeId, template.name, 0);
  const copy = useCopyTemplate();
  const remove = useDeleteTemplate();
  const navigate = useNavigate();
  const say = useToast();
  const may = useMay();
  const first = pages.data?.pages[0];
  return (
    <li className="card shelf-item">
      <span className="shelf-page" aria-busy={pages.isFetching}>
        {first !== undefined && <img src={pageImage(first)} alt="" />}
      </span>
      <div className="stack">
        <div>
          <h3>{template.title}</h3>
          <p className="muted small">{template.description}</p>
        </div>
        <div className="row wrap">
          {template.own ? (
            <Link className="button slim" hidden={!may.edit} to={`/templates/${template.name}`} aria-label={t('templates.edit.what', { template: template.title })}>
              <Pencil size={14} aria-hidden /> {t('templates.edit')}
            </Link>
          ) : (
            <Button
              slim
              hidden={!may.edit}
              aria-label={t('templates.copy.what', { template: template.title })}
              disabled={copy.isPending}
              onClick={() =>
                copy.mutate(
                  { from: template.name, title: t('templates.copied', { template: template.title }) },
                  { onSuccess: ({ name }) => void navigate(`/templates/${name}`), onError: (error) => say(error.message) },
                )
              }
            >
              {t('templates.copy')}
            </Button>
          )}
          {template.own && (
            <a className="button slim quiet" href={inTeam(`/api/v1/templates/${template.name}/export`)} download>
              <Download size={14} aria-hidden /> {t('templates.export')}
            </a>
          )}
          {template.own && may.edit && (
            <Button
              look="quiet"
              slim
              aria-label={t('templates.delete', { template: template.title })}
              onClick={() => remove.mutate(template.name, { onSuccess: () => say(t('templates.deleted', { template: template.title })), onError: (error) => say(error.message) })}
            >
              <Trash2 size={14} aria-hidden />
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
