/** The end: a real call. It says what to dial, shows the call as it arrives, and whether it was answered and recorded. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Call, FirstStart } from '../../../../server/api/messages';
import { useMakeCall } from '../../api/call-commands';
import { useCalls, useLiveCalls } from '../../api/calls';
import { useFeature } from '../../api/me';
import { usePeople } from '../../api/people';
import { useNumbers, useTrunks } from '../../api/settings';
import { Ticking } from '../../calls/live-line';
import { now } from '../../clock';
import { Button } from '../../parts/button';
import { InputField } from '../../parts/field';
import { Form, textOf } from '../../parts/form';
import { FormProblem } from '../../parts/states';
import { Player } from '../../player/player';
import { shownNumber } from '../../text/phone-number';
import { t } from '../../text/text';
import { duration } from '../../text/times';
import { type TestCall, testCallOf } from './test-call';
import type { StepProps } from './use-first-start';

export function CallStep({ progress, keep }: StepProps) {
  const go = useNavigate();
  const { test, again } = useTestCall(progress);
  const finish = () => keep.mutate({ state: 'done' }, { onSuccess: () => void go('/leads') });
  return (
    <>
      <h2>{t('first-call.title')}</h2>
      <WhatToDial progress={progress} />
      <div className={`first-call first-call-${test.in}`} role="status">
        <HowItStands test={test} />
      </div>
      {(test.in === 'waiting' || test.in === 'unanswered') && (
        <>
          <TrunkState trunkId={progress.trunkId} />
          {progress.line !== 'pbx' && <CallMe progress={progress} />}
        </>
      )}
      <FormProblem error={keep.error} />
      <div className="form-buttons">
        {test.in === 'unanswered' && <Button onClick={again}>{t('first-call.again')}</Button>}
        <Button look={test.in === 'worked' ? 'main' : 'plain'} busy={keep.isPending} onClick={finish}>
          {t(test.in === 'worked' ? 'first-call.finish' : 'first-call.without')}
        </Button>
      </div>
    </>
  );
}

function useTestCall({ numberId, trunkId }: FirstStart) {
  const [since, setSince] = useState(() => new Date(now()).toISOString());
  const live = useLiveCalls().data ?? [];
  const { rows } = useCalls({ from: since });
  return {
    test: testCallOf(live, rows, { numberId, trunkId, since }),
    again: () => setSince(new Date(now()).toISOString()),
  };
}

function WhatToDial({ progress: { line, numberId, userId } }: { readonly progress: FirstStart }) {
  const number = useNumbers().data?.find(({ id }) => id === numberId)?.number ?? '';
  const extension = usePeople().data?.find(({ id }) => id === userId)?.extension ?? '';
  const dialled = line === 'pbx' ? extension : shownNumber(number);
  return (
    <p className="first-call-dial">
      {t(line === 'pbx' ? 'first-call.dial-pbx' : 'first-call.dial')} <strong className="num">{dialled}</strong>
    </p>
  );
}

function HowItStands({ test }: { readonly test: TestCall }) {
  switch (test.in) {
    case 'waiting':
      return (
        <>
          <span className="spinner" aria-hidden="true" /> {t('first-call.waiting')}
        </>
      );
    case 'ringing':
      return <>{t('first-call.ringing', { number: shownNumber(test.from) })}</>;
    case 'talking':
      return (
        <>
          {t('first-call.talking', { number: shownNumber(test.from) })} <Ticking since={test.since} />
          {test.isRecorded && <span className="rec">{t('recording.running')}</span>}
        </>
      );
    case 'unanswered':
      return <>{t('first-call.unanswered')}</>;
    default:
      return <Worked call={test.call} />;
  }
}

function Worked({ call }: { readonly call: Call }) {
  const records = useFeature('recording');
  return (
    <>
      <p>{t('first-call.worked', { length: duration(call.talkMs) })}</p>
      {records && <p>{t(call.recording ? 'first-call.recorded' : 'first-call.not-recorded')}</p>}
      {records && call.recording && <Player recording={call.recording} at={call.startedAt} />}
    </>
  );
}

/** Where nothing comes, the line itself is the first to look at. */
function TrunkState({ trunkId }: { readonly trunkId: string | undefined }) {
  const trunk = useTrunks().data?.find(({ id }) => id === trunkId);
  if (!trunk) return null;
  return (
    <p>
      {trunk.name}: <span className={`lamp lamp-${trunk.state}`}>{t(`trunk-state.${trunk.state}`)}</span>
    </p>
  );
}

/** The other way round: our phone rings first, then the mobile. */
function CallMe({ progress: { userId, numberId } }: { readonly progress: FirstStart }) {
  const make = useMakeCall(userId);
  const sent = (fields: FormData) =>
    make.mutate({ to: textOf(fields, 'to') ?? '', ...(numberId === undefined ? {} : { fromNumberId: numberId }) });
  return (
    <details className="first-call-me">
      <summary>{t('first-call.call-me')}</summary>
      <Form onSubmit={sent} submit={t('first-call.call')} busy={make.isPending} error={make.error}>
        <InputField label={t('first-call.my-number')} name="to" type="tel" maxLength={32} required />
      </Form>
    </details>
  );
}
