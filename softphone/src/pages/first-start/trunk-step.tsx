/** The few fields of the trunk. It is tested before it is saved; a test that fails says what to do, and does not stop anybody. */
import { useState } from 'react';
import type { FirstStart, Trunk, TrunkTestDone } from '../../../../server/api/messages';
import { fieldProblem } from '../../api/problem';
import { useSaveSetting, useTestTrunk, useTrunks } from '../../api/settings';
import { Button } from '../../parts/button';
import { InputField } from '../../parts/field';
import { Choice } from '../../parts/filters';
import { Form, rawTextOf, textOf, withoutGaps } from '../../parts/form';
import { Loading } from '../../parts/states';
import { t } from '../../text/text';
import { wrongHost } from '../settings/checks';
import { AccountFields, PlaceFields, type TrunkFieldsProps } from '../settings/trunk-fields';
import { isGood, testOf, TrunkTestResult } from '../settings/trunk-test';
import type { StepProps } from './use-first-start';

export function TrunkStep(props: StepProps) {
  const trunks = useTrunks();
  if (trunks.isPending) return <Loading />;
  const saved = trunks.data?.find(({ id }) => id === props.progress.trunkId);
  return <TrunkForm {...props} saved={saved} />;
}

type Kind = Trunk['kind'];

/** How the other side knows us: an office PBX is a kind of its own. */
const kindsOf = (line: FirstStart['line']): readonly Kind[] =>
  line === 'pbx' ? ['pbx'] : (['registration', 'address'] as const);

function TrunkForm({ progress, keep, onDone, saved }: StepProps & { readonly saved: Trunk | undefined }) {
  const kinds = kindsOf(progress.line);
  const [kind, setKind] = useState<Kind>(saved?.kind ?? kinds[0] ?? 'registration');
  const save = useSaveSetting('trunks', saved?.id);
  const test = useTestTrunk();
  const [tested, setTested] = useState<{ readonly done: TrunkTestDone; readonly fields: object }>();
  const wrong = (field: string) => fieldProblem(save.error ?? test.error, field);
  const keepAs = (fields: object) =>
    save.mutate(fields, {
      onSuccess: (trunk) => keep.mutate({ state: 'open', trunkId: trunk.id }, { onSuccess: onDone }),
    });
  const sent = (form: FormData) => {
    const fields = trunkOf(form, kind);
    test.mutate(testOf(saved?.id, fields), {
      onSuccess: (done) => {
        setTested({ done, fields });
        if (isGood(done)) keepAs(fields);
      },
    });
  };
  return (
    <>
      <h2>{t(`first-trunk.${progress.line ?? 'rented'}`)}</h2>
      <p className="dim">
        {t(kind === 'address' ? 'first-trunk-why.address' : `first-trunk-why.${progress.line ?? 'rented'}`)}
      </p>
      <Form
        onSubmit={sent}
        submit={t('first-trunk.test')}
        busy={test.isPending || save.isPending || keep.isPending}
        error={save.error ?? test.error ?? keep.error}
      >
        {kinds.length > 1 && (
          <Choice
            label={t('first-trunk.known')}
            value={kind}
            options={kinds.map((value) => ({ value, name: t(`first-trunk-known.${value}`) }))}
            onChange={setKind}
          />
        )}
        <TrunkFields key={kind} kind={kind} trunk={saved} wrong={wrong} />
        {test.isPending && <p className="dim">{t('trunk-test.running')}</p>}
        {tested && !test.isPending && (
          <div className="trunk-test-result" role="status">
            <TrunkTestResult done={tested.done} as={nameIn(tested.fields)} />
            {!isGood(tested.done) && (
              <Button look="quiet" busy={save.isPending} onClick={() => keepAs(tested.fields)}>
                {t('first-trunk.all-the-same')}
              </Button>
            )}
          </div>
        )}
      </Form>
    </>
  );
}

function TrunkFields({ trunk: saved, kind, wrong }: TrunkFieldsProps) {
  return (
    <div className="form-grid">
      <InputField
        label={t(kind === 'pbx' ? 'first-trunk.pbx-name' : 'first-trunk.provider')}
        name="name"
        defaultValue={saved?.name}
        maxLength={100}
        required
        autoFocus
        wrong={wrong('name')}
      />
      <InputField
        label={t('trunks.host')}
        name="host"
        defaultValue={saved?.host}
        maxLength={253}
        required
        placeholder={kind === 'pbx' ? '192.168.1.10' : 'sip.example.net'}
        check={wrongHost}
        wrong={wrong('host')}
      />
      {kind === 'registration' && <AccountFields trunk={saved} kind={kind} wrong={wrong} />}
      <PlaceFields trunk={saved} wrong={wrong} />
    </div>
  );
}

function trunkOf(fields: FormData, kind: Kind): Readonly<Record<string, unknown>> {
  const port = textOf(fields, 'port');
  const password = rawTextOf(fields, 'password');
  return withoutGaps({
    name: textOf(fields, 'name'),
    kind,
    host: textOf(fields, 'host'),
    port: port === undefined ? undefined : Number(port),
    transport: textOf(fields, 'transport'),
    username: textOf(fields, 'username'),
    password: password === '' ? undefined : password,
  });
}

const nameIn = (fields: object): string | undefined =>
  'username' in fields && typeof fields.username === 'string' ? fields.username : undefined;
