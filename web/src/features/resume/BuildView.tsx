// A résumé step by step: one part of it at a time, beside the page as it will be exported, which follows every keystroke.
import './resume.css';
import './build.css';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { Resume } from '../../api/client';
import { t } from '../../lib/i18n';
import type { Ordered } from '../../lib/order';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { LivePages } from '../../ui/LivePages';
import { AddSections } from './AddSections';
import { LiveContext } from './EditField';
import { useEditor } from './editor';
import type { ResumeDetail } from './queries';
import { useResume } from './queries';
import { Reading } from './ResumeView';
import { SaveLine, SaveProblem, useChangeWithUndo } from './Saving';
import { SectionOf, hasContent } from './sections';
import { Contact } from './PersonSections';

const STEPS = ['contact', 'summary', 'work', 'education', 'skills', 'extras'] as const;
export type Step = (typeof STEPS)[number];
export const isStep = (value: string | null): value is Step => STEPS.some((step) => step === value);

const EXTRAS: readonly Ordered[] = ['projects', 'certificates', 'awards', 'publications', 'volunteer', 'languages', 'interests', 'references', 'extras'];

type BuildViewProps = { resumeId: string; step: Step; onStep: (step: Step) => void; onDone: () => void };

export function BuildView({ resumeId, ...rest }: BuildViewProps) {
  const query = useResume(resumeId);
  if (query.isPending) return <Loading what={t('resume.loading')} />;
  if (query.isError) {
    return (
      <ProblemCard error={query.error}>
        <Button onClick={() => void query.refetch()}>{t('again')}</Button>
      </ProblemCard>
    );
  }
  const detail = query.data;
  if (detail.status === 'failed') return <ProblemCard error={detail.failure} />;
  if (!detail.resume) return <Reading detail={detail} />;
  return <Builder key={detail.id} detail={detail} first={detail.resume} {...rest} />;
}

const isFilled = (resume: Resume, step: Step): boolean =>
  step === 'contact' ? !!resume.contact?.name && !!(resume.contact.email ?? resume.contact.phone) : step === 'extras' ? EXTRAS.some((name) => hasContent(resume, name)) : hasContent(resume, step);

function Builder({ detail, first, step, onStep, onDone }: Omit<BuildViewProps, 'resumeId'> & { detail: ResumeDetail; first: Resume }) {
  const editor = useEditor(detail, first);
  const changeWithUndo = useChangeWithUndo(editor);
  const [narrow, setNarrow] = useState<'form' | 'page'>('form');
  const props = { resume: editor.resume, change: editor.change, changeWithUndo };
  const at = STEPS.indexOf(step);
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]];
  return (
    <div className="build">
      <div className="row spread wrap">
        <ol className="steps-bar" aria-label={t('build.steps')}>
          {STEPS.map((name) => (
            <li key={name}>
              <button type="button" className={isFilled(editor.resume, name) ? 'filled' : ''} aria-current={name === step ? 'step' : undefined} onClick={() => onStep(name)}>
                {t(`build.step.${name}`)}
                {isFilled(editor.resume, name) && <span className="hidden-visually"> {t('build.filled')}</span>}
              </button>
            </li>
          ))}
        </ol>
        <SaveLine save={editor.save} />
      </div>
      <div className="build-switch segments" role="group" aria-label={t('tailor.show')}>
        <Button aria-pressed={narrow === 'form'} onClick={() => setNarrow('form')}>
          {t('build.form')}
        </Button>
        <Button aria-pressed={narrow === 'page'} onClick={() => setNarrow('page')}>
          {t('export.preview')}
        </Button>
      </div>
      <div className={`build-columns narrow-${narrow}`}>
        <div className="stack build-form">
          <SaveProblem editor={editor} />
          <p className="muted">{t(`build.hint.${step}`)}</p>
          <LiveContext value>
            {step === 'contact' && <Contact {...props} />}
            {step === 'extras' && (
              <>
                {EXTRAS.filter((name) => hasContent(editor.resume, name)).map((name) => (
                  <SectionOf key={name} {...props} name={name} />
                ))}
                <AddSections {...props} />
              </>
            )}
            {step !== 'contact' && step !== 'extras' && <SectionOf {...props} name={step} />}
          </LiveContext>
          <div className="row spread">
            {before ? (
              <Button onClick={() => onStep(before)}>
                <ArrowLeft size={16} aria-hidden /> {t(`build.step.${before}`)}
              </Button>
            ) : (
              <span />
            )}
            {after ? (
              <Button look="primary" onClick={() => onStep(after)}>
                {t(`build.step.${after}`)} <ArrowRight size={16} aria-hidden />
              </Button>
            ) : (
              <Button look="primary" onClick={onDone}>
                {t('build.done')} <ArrowRight size={16} aria-hidden />
              </Button>
            )}
          </div>
        </div>
        <LivePages id={detail.id} resume={editor.resume} />
      </div>
    </div>
  );
}
