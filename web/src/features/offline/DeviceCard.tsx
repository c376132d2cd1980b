// The person's say over what stays on this device.
import { useEffect, useState } from 'react';
import { READER, setDevice, useDevice } from '../../api/device';
import { makeReady } from '../../api/device/ready';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/basics';
import { KeptList } from './KeptList';
import { useForgetAll, useKept } from './queries';

export default function DeviceCard() {
  const { wanted, ready, away } = useDevice();
  const kept = useKept();
  const forgetAll = useForgetAll();
  const [impossible, setImpossible] = useState(false);
  const preparing = wanted && !ready && !impossible;
  useEffect(() => {
    if (wanted && !ready && !away) void makeReady().then((made) => setImpossible(!made));
  }, [wanted, ready, away]);
  if (!READER) return null;
  return (
    <section className="card stack" aria-labelledby="settings-device">
      <h2 id="settings-device">{t('offline.title')}</h2>
      <label className="setting">
        <span>
          <strong>{t('offline.want')}</strong>
          <span className="muted small">{t('offline.want.why')}</span>
        </span>
        <input
          type="checkbox"
          checked={wanted}
          onChange={({ target }) => {
            setDevice({ wanted: target.checked });
            if (target.checked) void navigator.storage?.persist?.();
          }}
        />
      </label>
      <p role="status" className="muted small">
        {preparing && t('offline.preparing')}
        {ready && t('offline.ready')}
        {impossible && t('offline.not-ready')}
      </p>
      {(wanted || (kept.data?.length ?? 0) > 0) && <KeptList />}
      {(kept.data?.length ?? 0) > 1 && <Button onClick={() => forgetAll.mutate(undefined)}>{t('offline.remove-all')}</Button>}
    </section>
  );
}
