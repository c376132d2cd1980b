// What the product does, shown instead of told: one line of a résumé on its way to a job.
import { ArrowUp, Check, CircleHelp } from 'lucide-react';
import { num, t } from '../../lib/i18n';

/** A picture made of text; the words beside it say the same to those who do not see it. */
export function Glimpse() {
  return (
    <div className="glimpse" aria-hidden>
      <div className="glimpse-page">
        <p className="glimpse-name">Ines Arvidsen</p>
        <p className="muted small">{t('glimpse.headline')}</p>
        <hr />
        <p className="glimpse-entry">{t('glimpse.employer')}</p>
        <p className="glimpse-line moved">
          <ArrowUp size={12} /> {t('glimpse.before')} <del>k8s</del> <ins>Kubernetes</ins>
          {t('glimpse.after')}
        </p>
        <p className="glimpse-line">{t('glimpse.second')}</p>
        <p className="glimpse-line">{t('glimpse.third')}</p>
      </div>
      <div className="glimpse-card first">
        <Check size={15} />
        <div>
          <strong>
            {t('glimpse.take')} <span className="gain">+{num(2.1, 1)}</span>
          </strong>
          <p className="muted">{t('glimpse.take.why')}</p>
        </div>
      </div>
      <div className="glimpse-card second">
        <CircleHelp size={15} />
        <div>
          <strong>Terraform</strong>
          <p className="muted">{t('glimpse.ask.why')}</p>
        </div>
      </div>
    </div>
  );
}
