/** The button that tries a trunk, and what came of it in words that say what to do next. */
import { useEffect, useRef } from 'react';
import type { TrunkTestDone } from '../../../../server/api/messages';
import { problemWords } from '../../api/problem';
import { type TrunkToTest, useTestTrunk } from '../../api/settings';
import { Button } from '../../parts/button';
import { t } from '../../text/text';

interface TrunkTesterProps {
  /** What stands in the form now; undefined: no form. */
  readonly asked: () => TrunkToTest | undefined;
  /** Of the saved trunk, where the form says none. */
  readonly username?: string | undefined;
  readonly begins?: 'at-once';
  readonly onDone?: (done: TrunkTestDone) => void;
}

export function TrunkTester({ asked, username, begins, onDone }: TrunkTesterProps) {
  const test = useTestTrunk();
  const begin = () => {
    const trunk = asked();
    if (trunk) test.mutate(trunk, { onSuccess: (done) => onDone?.(done) });
  };
  const hasBegun = useRef(begins === undefined);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    begin();
  });
  return (
    <div className="trunk-test">
      <Button icon="test" busy={test.isPending} onClick={begin}>
        {t('trunk-test.begin')}
      </Button>
      <div className="trunk-test-result" role="status">
        {test.isPending && <p className="dim">{t('trunk-test.running')}</p>}
        {!test.isPending && test.data && <TrunkTestResult done={test.data} as={test.variables?.username ?? username} />}
        {!test.isPending && test.error && <p className="trunk-test-bad">{problemWords(test.error)}</p>}
      </div>
    </div>
  );
}

const good: readonly TrunkTestDone['outcome'][] = ['registered', 'answers', 'is-registered-here'];

export const isGood = ({ outcome }: TrunkTestDone): boolean => good.includes(outcome);

interface TrunkTestResultProps {
  readonly done: TrunkTestDone;
  /** The user name that was tried. */
  readonly as: string | undefined;
}

/** What is so, and under it what to do. */
export function TrunkTestResult({ done, as = '' }: TrunkTestResultProps) {
  const values = { as, status: 'status' in done ? done.status : '', ms: 'ms' in done ? done.ms : '' };
  return (
    <>
      <p className={isGood(done) ? 'trunk-test-good' : 'trunk-test-bad'}>{t(`trunk-test.${done.outcome}`, values)}</p>
      <p className="field-hint">{t(whatToDo(done))}</p>
    </>
  );
}

function whatToDo(done: TrunkTestDone) {
  if (done.outcome !== 'rejected') return `trunk-test-do.${done.outcome}` as const;
  if (done.status === 403 || done.status === 401) return 'trunk-test-do.rejected-address';
  if (done.status === 404) return 'trunk-test-do.rejected-account';
  return done.status >= 500 ? 'trunk-test-do.rejected-trouble' : 'trunk-test-do.rejected';
}

/** Of a form only what the test needs. */
export function testOf(trunkId: string | undefined, fields: Readonly<Record<string, unknown>>): TrunkToTest {
  const needed = ['kind', 'host', 'port', 'transport', 'username', 'password', 'weRegister'];
  const given = Object.entries(fields).filter(([name, value]) => needed.includes(name) && value !== undefined);
  return { ...Object.fromEntries(given), ...(trunkId === undefined ? {} : { trunkId }) };
}
