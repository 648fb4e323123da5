/** A value to be carried elsewhere, with a button that copies it. */
import { notify } from '../frame/notices';
import { t } from '../text/text';
import { IconButton } from './button';

interface CopyLineProps {
  readonly name: string;
  readonly value: string;
}

export function CopyLine({ name, value }: CopyLineProps) {
  const copy = () =>
    void navigator.clipboard?.writeText(value).then(
      () => notify('done', t('devices.copied', { name })),
      () => undefined, // the browser does not let us; it can be marked by hand
    );
  return (
    <div className="setup-line">
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <IconButton icon="copy" label={t('devices.copy', { name })} onClick={copy} />
      </dd>
    </div>
  );
}
