/**
 * The first start: which line the office has, the fields it needs, a test of it, a number that rings somebody, their phone, and
 * a real call at the end. It can be left at any step and goes on there.
 */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { FirstStart as Progress } from '../../../../server/api/messages';
import { problemWords } from '../../api/problem';
import { notify } from '../../frame/notices';
import { useWindowTitle } from '../../frame/page-head';
import { Button } from '../../parts/button';
import { Failed, Loading } from '../../parts/states';
import '../../styles/settings.css';
import '../../styles/first-start.css';
import { t } from '../../text/text';
import { CallStep } from './call-step';
import { LineStep } from './line-step';
import { NumberStep } from './number-step';
import { PhoneStep } from './phone-step';
import { mayOpen, nextStep, type StepName, steps } from './steps';
import { TrunkStep } from './trunk-step';
import { type StepProps, useFirstStart, useProgress } from './use-first-start';

export default function FirstStart() {
  const progress = useFirstStart(true);
  useWindowTitle(t('first-start.title'));
  if (progress.isPending) return <Loading />;
  if (!progress.data) return <Failed error={progress.error} retry={() => void progress.refetch()} />;
  return <Wizard progress={progress.data} />;
}

const pages: Readonly<Record<StepName, (props: StepProps) => React.ReactNode>> = {
  line: LineStep,
  trunk: TrunkStep,
  number: NumberStep,
  phone: PhoneStep,
  call: CallStep,
};

function Wizard({ progress }: { readonly progress: Progress }) {
  const keep = useProgress(progress);
  const go = useNavigate();
  const [chosen, choose] = useState<StepName>();
  const step = chosen !== undefined && mayOpen(chosen, progress) ? chosen : nextStep(progress);
  const Page = pages[step];
  const later = () =>
    keep.mutate(
      { state: 'skipped' },
      {
        onSuccess: () => void go('/leads'),
        onError: (error) => notify('failed', problemWords(error)),
      },
    );
  return (
    <div className="page-body first-start">
      <header className="first-start-head">
        <h1>{t('first-start.title')}</h1>
        <Button look="quiet" busy={keep.isPending} onClick={later}>
          {t('first-start.later')}
        </Button>
      </header>
      <ol className="first-start-steps" aria-label={t('first-start.steps')}>
        {steps.map((name, place) => (
          <li key={name} className={name === step ? 'is-here' : mayOpen(name, progress) ? 'is-done' : ''}>
            <button
              type="button"
              disabled={!mayOpen(name, progress)}
              aria-current={name === step ? 'step' : undefined}
              onClick={() => choose(name)}
            >
              <span className="first-start-place">{place + 1}</span>
              <span className="first-start-name">{t(`first-step.${name}`)}</span>
            </button>
          </li>
        ))}
      </ol>
      <section className="first-start-page" key={step} aria-label={t(`first-step.${step}`)}>
        <Page progress={progress} keep={keep} onDone={() => choose(undefined)} />
      </section>
    </div>
  );
}
