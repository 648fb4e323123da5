/** Plays a voicemail message: the stretch of its call's recording in which the caller spoke. */
import { useQuery } from '@tanstack/react-query';
import type { Recording } from '../../../server/api/messages';
import { get } from '../api/request';
import { Failed } from '../parts/states';
import { Player } from './player';

interface MessagePlayerProps {
  readonly message: { readonly callId: string; readonly fromMs: number; readonly toMs: number };
  readonly at: string;
}

export function MessagePlayer({ message: { callId, fromMs, toMs }, at }: MessagePlayerProps) {
  const recording = useQuery({
    queryKey: ['recording', callId],
    queryFn: ({ signal }) => get<Recording>(`/api/recordings/${encodeURIComponent(callId)}`, {}, signal),
  });
  if (recording.isError) return <Failed error={recording.error} />;
  if (!recording.data) return null;
  return <Player recording={recording.data} at={at} stretch={{ fromMs, toMs }} playsAtOnce />;
}
