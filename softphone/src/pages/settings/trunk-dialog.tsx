/** The form of a trunk: only the fields that its kind needs. */
import { useState } from 'react';
import type { Trunk } from '../../../../server/api/messages';
import { fieldProblem } from '../../api/problem';
import { useSaveSetting } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Dialog } from '../../parts/dialog';
import { InputField, SelectField, TextField } from '../../parts/field';
import { Form, linesOf, rawTextOf, textOf, textOrNull, textsOf } from '../../parts/form';
import { t } from '../../text/text';

const kinds = ['registration', 'address', 'pbx'] as const;
const codecs = ['PCMA', 'PCMU', 'G722', 'opus'] as const;
const codecNames = { PCMA: 'G.711 A-law', PCMU: 'G.711 µ-law', G722: 'G.722', opus: 'Opus' } as const;

interface TrunkDialogProps {
  readonly trunk: Trunk | undefined;
  readonly onClose: () => void;
}

export function TrunkDialog({ trunk, onClose }: TrunkDialogProps) {
  const save = useSaveSetting('trunks', trunk?.id);
  const [kind, setKind] = useState<Trunk['kind']>(trunk?.kind ?? 'registration');
  const sent = (fields: FormData) =>
    save.mutate(trunk ? trunkOf(fields) : withoutNulls(trunkOf(fields)), {
      onSuccess: () => {
        onClose();
        notify('done', t('card.saved'));
      },
    });
  const wrong = (field: string) => fieldProblem(save.error, field);
  return (
    <Dialog title={trunk ? trunk.name : t('trunks.new')} onClose={onClose} width="wide">
      <Form onSubmit={sent} submit={t('action.save')} busy={save.isPending} error={save.error} onCancel={onClose}>
        <div className="form-columns">
          <InputField
            label={t('card.name')}
            name="name"
            defaultValue={trunk?.name}
            maxLength={100}
            required
            autoFocus
            wrong={wrong('name')}
          />
          <SelectField
            label={t('trunks.kind')}
            name="kind"
            value={kind}
            hint={t(`trunk-kind-why.${kind}`)}
            onChange={(event) => setKind(kinds.find((each) => each === event.target.value) ?? 'registration')}
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`trunk-kind.${each}`)}
              </option>
            ))}
          </SelectField>
          <PeerFields trunk={trunk} kind={kind} wrong={wrong} />
          <NumberFields trunk={trunk} wrong={wrong} />
          <CodecField trunk={trunk} />
          <UseFields trunk={trunk} kind={kind} />
        </div>
      </Form>
    </Dialog>
  );
}

interface PartProps {
  readonly trunk: Trunk | undefined;
  readonly wrong: (field: string) => string | undefined;
}

function PeerFields({ trunk, kind, wrong }: PartProps & { readonly kind: Trunk['kind'] }) {
  const signsIn = kind !== 'address';
  return (
    <>
      <InputField
        label={t('trunks.host')}
        name="host"
        defaultValue={trunk?.host}
        maxLength={253}
        required={kind !== 'pbx'}
        placeholder="sip.example.net"
        wrong={wrong('host')}
      />
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
      {signsIn && (
        <>
          <InputField
            label={t('trunks.username')}
            name="username"
            defaultValue={trunk?.username}
            maxLength={200}
            autoComplete="off"
            required={kind === 'registration'}
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
      )}
      <TextField
        label={t('trunks.addresses')}
        name="allowedAddresses"
        rows={2}
        defaultValue={trunk?.allowedAddresses.join('\n')}
        hint={t('trunks.addresses-rule')}
        wrong={wrong('allowedAddresses')}
      />
    </>
  );
}

function NumberFields({ trunk, wrong }: PartProps) {
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

function UseFields({ trunk, kind }: Pick<PartProps, 'trunk'> & { readonly kind: Trunk['kind'] }) {
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

function CodecField({ trunk }: { readonly trunk: Trunk | undefined }) {
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

function trunkOf(fields: FormData): Readonly<Record<string, unknown>> {
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
    ...(textOf(fields, 'kind') === 'pbx' ? { weRegister: fields.get('weRegister') !== null } : {}),
    weRegister: fields.get('weRegister') !== null,
  };
}

const withoutNulls = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
