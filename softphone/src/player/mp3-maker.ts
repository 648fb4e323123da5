/** Whether this installation offers FFmpeg for the browser (TRUNKLINE_BROWSER_FFMPEG). Asked once, when a menu first needs it. */
import { useQuery } from '@tanstack/react-query';

export function useHasMp3Maker(isAsked: boolean): boolean {
  const answer = useQuery({
    queryKey: ['mp3-maker'],
    queryFn: async () => (await fetch('/ffmpeg/LICENCE.txt', { method: 'HEAD' })).ok,
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return answer.data ?? false;
}
