/**
 * The page was opened by the notice of a call (service-worker.ts): `?call=<id>&answer=1`. As soon as that call rings in this
 * browser it is answered, once; if it ends first, nothing is.
 */
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { phone } from '../phone/phone';
import { usePhone } from '../panel/use-phone';

export function useAnswerFromNotice(): void {
  const [query, setQuery] = useSearchParams();
  const { calls } = usePhone();
  const wanted = query.get('call');
  const mayAnswer = query.get('answer') === '1';
  const rung = calls.find(({ callId, state }) => callId === wanted && state.in === 'ringing');
  useEffect(() => {
    if (wanted === null || rung === undefined) return;
    setQuery({}, { replace: true });
    if (mayAnswer) phone.command({ type: 'asked-answer', id: rung.id });
  }, [wanted, mayAnswer, rung, setQuery]);
}
