/** How well I and the other end hear each other, as bars; told every five seconds while the call is shown. */
import { useQuality, useWatchQuality } from '../api/desk-news';
import { t } from '../text/text';
import { qualityOf } from './quality';

export function QualityMark({ callId }: { readonly callId: string | undefined }) {
  useWatchQuality(callId);
  const quality = qualityOf(useQuality(callId) ?? []);
  if (quality === undefined) return null;
  const { level, mos, lossRatio, roundTripMs } = quality;
  const words = t('quality.words', {
    mos: mos.toFixed(1),
    loss: (lossRatio * 100).toFixed(1),
    delay: roundTripMs === undefined ? '–' : String(Math.round(roundTripMs)),
  });
  return (
    <span
      className={`quality quality-${level}`}
      role="img"
      aria-label={`${t(`quality.${level}`)}. ${words}`}
      title={`${t(`quality.${level}`)}. ${words}`}
    >
      <i />
      <i />
      <i />
    </span>
  );
}
