/** The fields of a trunk: only those that its kind needs, and how they become a request. */
import type { Trunk } from '../../../../server/api/messages';
import { InputField, SelectField, TextField } from '../../parts/field';
import { linesIn, linesOf, rawTextOf, textOf, textOrNull, textsOf } from '../../parts/form';
import { t } from '../../text/text';
import { wrongAddress, wrongHost } from './checks';

export const kinds = ['registration', 'address', 'pbx'] as const;
const codecs = ['PCMA', 'PCMU', 'G722', 'opus'] as const;
const codecNames = { PCMA: 'G.711 A-law', PCMU: 'G.711 µ-law', G722: 'G.722', opus: 'Opus' } as const;

export interface TrunkFieldsProps {
  readonly trunk: Trunk | undefined;
  readonly kind: Trunk['kind'];
  readonly wrong: (field: string) => string | undefined;
}

/** Where it is and how we prove ourselves there. */
export function PeerFields({ trunk, kind, wrong }: TrunkFieldsProps) {
  return (
    <>
      <InputField
        label={t('trunks.host')}
        name="host"
        defaultValue={trunk?.host}
        maxLength={253}
        required={kind !== 'pbx'}
        placeholder="sip.example.net"
        check={wrongHost}
        wrong={wrong('host')}
      />
      <PlaceFields trunk={trunk} wrong={wrong} />
      {kind !== 'address' && <AccountFields trunk={trunk} kind={kind} wrong={wrong} />}
      <TextField
        label={t('trunks.addresses')}
        name="allowedAddresses"
        rows={2}
        defaultValue={trunk?.allowedAddresses.join('\n')}
        hint={t('trunks.addresses-rule')}
        wrong={wrong('allowedAddresses')}
        check={(text) => linesIn(text).map(wrongAddress).find(Boolean)}
      />
    </>
  );
}

/** Where at the host. */
export function PlaceFields({ trunk, wrong }: Omit<TrunkFieldsProps, 'kind'>) {
  return (
    <>
      <InputField
        label={t('trunks.port')}
        name="port"
        type="number"
        min={1}
        max={65535}
        defaultValue={trunk?.port}
        placeholder="5060"
        wrong={wrong('port')}
      />
      <SelectField label={t('trunks.transport')} name="transport" defaultValue={trunk?.transport ?? 'udp'}>
        <option value="udp">UDP</option>
        <option value="tcp">TCP</option>
      </SelectField>
    </>
  );
}

export function AccountFields({ trunk, kind, wrong }: TrunkFieldsProps) {
  return (
    <>
      <InputField
        label={t('trunks.username')}
        name="username"
        defaultValue={trunk?.username}
        maxLength={200}
        autoComplete="off"
        required={kind === 'registration'}
        pattern="[!-~]+"
        title={t('check.visible-ascii')}
        wrong={wrong('username')}
      />
      <InputField
        label={t('trunks.password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required={kind === 'registration' && !trunk?.hasPassword}
        hint={trunk?.hasPassword ? t('trunks.password-stays') : undefined}
        wrong={wrong('password')}
      />
    </>
  );
}

export function NumberFields({ trunk, wrong }: Omit<TrunkFieldsProps, 'kind'>) {
  return (
    <>
      <SelectField label={t('trunks.number-from')} name="numberFrom" defaultValue={trunk?.numberFrom ?? 'request-uri'}>
        <option value="request-uri">Request-URI</option>
        <option value="to">To</option>
        <option value="p-called-party-id">P-Called-Party-ID</option>
      </SelectField>
      <SelectField label={t('trunks.number-format')} name="numberFormat" defaultValue={trunk?.numberFormat ?? 'e164'}>
        <option value="e164">+420 777 123 456</option>
        <option value="international-00">00420 777 123 456</option>
        <option value="national">777 123 456</option>
      </SelectField>
      <InputField
        label={t('trunks.country')}
        name="country"
        defaultValue={trunk?.country}
        pattern="[A-Z]{2}"
        maxLength={2}
        placeholder="CZ"
        hint={t('trunks.country-rule')}
        wrong={wrong('country')}
      />
      <InputField
        label={t('trunks.channels')}
        name="channelsMax"
        type="number"
        min={1}
        defaultValue={trunk?.channelsMax}
        placeholder={t('trunks.no-limit')}
        wrong={wrong('channelsMax')}
      />
      <InputField
        label={t('trunks.calls-per-second')}
        name="callsPerSecondMax"
        type="number"
        min={1}
        max={10_000}
        defaultValue={trunk?.callsPerSecondMax}
        placeholder={t('trunks.no-limit')}
        wrong={wrong('callsPerSecondMax')}
      />
    </>
  );
}

export function UseFields({ trunk, kind }: Omit<TrunkFieldsProps, 'wrong'>) {
  return (
    <div className="field checks">
      <label className="check">
        <input type="checkbox" name="isForEmergency" defaultChecked={trunk?.isForEmergency} />
        {t('trunks.emergency')}
      </label>
      {kind === 'pbx' && (
        <label className="check">
          <input type="checkbox" name="weRegister" defaultChecked={trunk?.weRegister} /> {t('trunks.we-register')}
        </label>
      )}
      {kind === 'address' && (
        <label className="check">
          <input type="checkbox" name="tieLine" defaultChecked={trunk?.tieLine} /> {t('trunks.tie-line')}
        </label>
      )}
    </div>
  );
}

export function CodecField({ trunk }: { readonly trunk: Trunk | undefined }) {
  return (
    <fieldset className="field checks">
      <legend>{t('trunks.codecs')}</legend>
      {codecs.map((codec) => (
        <label key={codec} className="check">
          <input
            type="checkbox"
            name="codecs"
            value={codec}
            defaultChecked={trunk ? trunk.codecs.includes(codec) : codec.startsWith('PCM')}
          />
          {codecNames[codec]}
        </label>
      ))}
    </fieldset>
  );
}

/** As a change: what is emptied is `null`. */
export function trunkOf(fields: FormData): Readonly<Record<string, unknown>> {
  const port = textOf(fields, 'port');
  const channelsMax = textOf(fields, 'channelsMax');
  const callsPerSecondMax = textOf(fields, 'callsPerSecondMax');
  const password = rawTextOf(fields, 'password');
  return {
    name: textOf(fields, 'name'),
    kind: textOf(fields, 'kind'),
    host: textOrNull(fields, 'host'),
    port: port ? Number(port) : null,
    transport: textOf(fields, 'transport'),
    username: textOrNull(fields, 'username'),
    ...(password !== '' ? { password } : {}),
    allowedAddresses: linesOf(fields, 'allowedAddresses'),
    numberFrom: textOf(fields, 'numberFrom'),
    numberFormat: textOf(fields, 'numberFormat'),
    country: textOrNull(fields, 'country'),
    channelsMax: channelsMax ? Number(channelsMax) : null,
    callsPerSecondMax: callsPerSecondMax ? Number(callsPerSecondMax) : null,
    isForEmergency: fields.get('isForEmergency') !== null,
    codecs: textsOf(fields, 'codecs'),
    tieLine: fields.get('tieLine') !== null,
    weRegister: textOf(fields, 'kind') === 'pbx' && fields.get('weRegister') !== null,
  };
}

/** As a new one. */
export const withoutNulls = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
