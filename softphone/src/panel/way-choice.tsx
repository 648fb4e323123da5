/** "Answer on": which of my phones ring. Only those I have are shown; with one there is nothing to choose. */
import type { Way } from '../../../call-router/state/person';
import { usePresence } from '../api/desk-news';
import { useFeature } from '../api/me';
import { usePerson, useSetPerson } from '../api/person';
import { problemWords } from '../api/problem';
import { notify } from '../frame/notices';
import { type TextKey, t } from '../text/text';
import { usePhone } from './use-phone';

const ways: readonly { readonly way: Way; readonly name: TextKey }[] = [
  { way: 'headset', name: 'way.headset' },
  { way: 'desk-phone', name: 'way.desk-phone' },
  { way: 'mobile', name: 'way.mobile' },
];

export function WayChoice({ userId }: { readonly userId: string }) {
  const person = usePerson(userId).data;
  const set = useSetPerson(userId);
  const told = usePresence().get(userId)?.ways ?? [];
  const mobiles = useFeature('mobiles');
  const hasHeadset = usePhone().account !== undefined;
  if (person === undefined) return null;
  const { ringsOn } = person;
  const there = ways.filter(
    ({ way }) =>
      (way !== 'mobile' || mobiles) &&
      (told.includes(way) || ringsOn.includes(way) || (way === 'headset' && hasHeadset)),
  );
  if (there.length < 2) return null;
  const turn = (way: Way, isOn: boolean): void => {
    const next = ways.map((one) => one.way).filter((one) => (one === way ? isOn : ringsOn.includes(one)));
    set.mutate(
      {
        doNotDisturb: person.doNotDisturb,
        forwards: person.forwards,
        ...(person.noAnswerS === undefined ? {} : { noAnswerS: person.noAnswerS }),
        ringsOn: next,
      },
      { onError: (error) => notify('failed', problemWords(error)) },
    );
  };
  return (
    <fieldset className="answer-on">
      <legend>{t('way.answer-on')}</legend>
      {there.map(({ way, name }) => {
        const isOn = ringsOn.includes(way);
        return (
          <label key={way} className="check">
            <input
              type="checkbox"
              checked={isOn}
              disabled={isOn && ringsOn.length === 1}
              onChange={(event) => turn(way, event.target.checked)}
            />
            {t(name)}
          </label>
        );
      })}
    </fieldset>
  );
}
