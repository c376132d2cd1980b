// The whole preparation: read it, practise it, print it.
import './interview.css';
import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/i18n';
import { inTeam } from '../../lib/team';
import { Locked } from '../../ui/ReadOnly';
import { Button, Loading, ProblemCard, Tabs } from '../../ui/basics';
import { PracticePane } from './PracticePane';
import { QuestionHead, Story } from './QuestionCard';
import { useInterview, usePractise } from './queries';

export function InterviewView({ interviewId }: { interviewId: string }) {
  const interview = useInterview(interviewId);
  const practise = usePractise(interviewId);
  const [tab, setTab] = useState('questions');
  if (interview.isPending) return <Loading what={t('interview.loading')} />;
  if (interview.isError) return <ProblemCard error={interview.error} />;
  const { preparation, practice, job } = interview.data;
  const done = Object.values(practice).filter((p) => (p.times ?? 0) > 0).length;
  const questions = (
    <ol className="stack">
      {preparation.questions.map((question) => (
        <li key={question.id} className="card question">
          <div className="stack">
            <QuestionHead question={question} />
            {practice[question.id]?.note && (
              <p className="small">
                <strong>{t('interview.notes')}:</strong> {practice[question.id]?.note}
              </p>
            )}
          </div>
          <Story question={question} />
        </li>
      ))}
    </ol>
  );
  const ask = (
    <ul className="stack">
      {preparation.ask_them.map((question, index) => (
        <li key={index} className="card stack">
          <h3>{question.text}</h3>
          <p className="small muted">{question.why}</p>
        </li>
      ))}
    </ul>
  );
  const practiceTab = <Locked><PracticePane questions={preparation.questions} practice={practice} onChange={(id, next) => practise.mutate({ question: id, practice: next })} /></Locked>;
  return (
    <div className="stack interview">
      <div className="row spread wrap">
        <div>
          <h2>{job.title?.text ?? t('career.untitled')}</h2>
          <p className="muted small">{[job.company?.text, t('interview.count', { done, all: preparation.questions.length })].filter(Boolean).join(' · ')}</p>
        </div>
        <div className="row no-print">
          <Button onClick={() => window.print()}>
            <Printer size={15} aria-hidden /> {t('interview.print')}
          </Button>
          <a className="button" download href={inTeam(`/api/v1/interviews/${interviewId}/export`)}>
            <Download size={15} aria-hidden /> {t('interview.export')}
          </a>
        </div>
      </div>
      {practise.isError && <ProblemCard error={practise.error} />}
      <Tabs
        label={t('career.tab.interview')}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { key: 'questions', title: t('interview.questions'), panel: questions },
          { key: 'practise', title: t('interview.practise'), panel: practiceTab },
          { key: 'ask', title: t('interview.ask'), panel: ask },
        ]}
      />
    </div>
  );
}
