/** "Rented number, own mobile number or office PBX?" */
import { Icon, type IconName } from '../../parts/icon';
import { t } from '../../text/text';
import type { StepProps } from './use-first-start';

const lines = [
  { line: 'rented', icon: 'calls' },
  { line: 'mobile', icon: 'mobile' },
  { line: 'pbx', icon: 'pbx' },
] as const satisfies readonly { readonly line: string; readonly icon: IconName }[];

/** Another line begins with another trunk. */
export function LineStep({ progress, keep, onDone }: StepProps) {
  const choose = (line: (typeof lines)[number]['line']) =>
    line === progress.line ? onDone() : keep.mutate({ ...afresh, state: 'open', line }, { onSuccess: onDone });
  return (
    <>
      <h2>{t('first-line.question')}</h2>
      <div className="first-start-choices">
        {lines.map(({ line, icon }) => (
          <button
            key={line}
            type="button"
            className={`first-start-choice ${progress.line === line ? 'is-chosen' : ''}`}
            disabled={keep.isPending}
            onClick={() => choose(line)}
          >
            <Icon name={icon} />
            <strong>{t(`first-line.${line}`)}</strong>
            <span>{t(`first-line-why.${line}`)}</span>
          </button>
        ))}
      </div>
    </>
  );
}

const afresh = { trunkId: undefined, numberId: undefined } as const;
