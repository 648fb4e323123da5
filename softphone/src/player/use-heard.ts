/** What of a call may be heard: its recording, or, where the office records nothing any more, what it is kept for: a message. */
import { useCallback } from 'react';
import type { Call, Recording } from '../../../server/api/messages';
import { useFeature } from '../api/me';

type Heard = Pick<Call, 'recording' | 'messages'>;

export function useHeard(): (call: Heard) => Recording | undefined {
  const records = useFeature('recording');
  const hasMailboxes = useFeature('voicemail');
  return useCallback(
    ({ recording, messages = [] }) => (records || (hasMailboxes && messages.length > 0) ? recording : undefined),
    [records, hasMailboxes],
  );
}
