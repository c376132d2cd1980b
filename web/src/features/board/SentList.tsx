// What was sent by the API of a board, as it was confirmed.
import type { Schemas } from '../../api/client';
import { day, num, t } from '../../lib/i18n';

export function SentList({ sent }: { sent: Schemas['Sent'] }) {
  return (
    <details className="sent">
      <summary>{t('board.sent')}</summary>
      <p className="muted small">{t('board.sent-at', { day: day(new Date(sent.at)), to: sent.to })}</p>
      <dl className="sent-list small">
        {sent.fields.map(({ label, values }) => (
          <div key={label}>
            <dt className="muted">{label}</dt>
            <dd>{values.join(', ')}</dd>
          </div>
        ))}
        {sent.files.map((file) => (
          <div key={file.sha256 + file.label}>
            <dt className="muted">{file.label}</dt>
            <dd>
              {t('apply.file', { name: file.file_name, size: `${num(Math.ceil(file.size / 1000))} kB` })}
              <code className="sum">{file.sha256}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted small">{t('apply.answered', { answer: [sent.answer, sent.receipt].filter(Boolean).join(' · ') })}</p>
    </details>
  );
}
