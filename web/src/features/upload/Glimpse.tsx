// What the product does, shown instead of told: one line of a résumé on its way to a job.
import { ArrowUp, Check, CircleHelp } from 'lucide-react';

/** A picture made of text; the words beside it say the same to those who do not see it. */
export function Glimpse() {
  return (
    <div className="glimpse" aria-hidden>
      <div className="glimpse-page">
        <p className="glimpse-name">Ines Arvidsen</p>
        <p className="muted small">Platform engineer · Gothenburg</p>
        <hr />
        <p className="glimpse-entry">Nordvik Ferries</p>
        <p className="glimpse-line moved">
          <ArrowUp size={12} /> Ran 14 booking services on <del>k8s</del> <ins>Kubernetes</ins>, 99.95 % available
        </p>
        <p className="glimpse-line">Cut the nightly settlement from 6 hours to 40 minutes</p>
        <p className="glimpse-line">Trained five colleagues in on-call</p>
      </div>
      <div className="glimpse-card first">
        <Check size={15} />
        <div>
          <strong>
            Use the job’s word: Kubernetes <span className="gain">+2.1</span>
          </strong>
          <p className="muted">You wrote “k8s”. It is the same thing.</p>
        </div>
      </div>
      <div className="glimpse-card second">
        <CircleHelp size={15} />
        <div>
          <strong>Terraform</strong>
          <p className="muted">Not in your résumé: asked, never added.</p>
        </div>
      </div>
    </div>
  );
}
