/** The page's one AudioContext: tones, levels, silence. Made when first needed; browsers let it sound once the page was clicked. */

let context: AudioContext | undefined;

export function audioContext(): AudioContext {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}

/** A track that has no sound, for a call without a microphone. */
export function silentTrack(): MediaStreamTrack {
  const [track] = audioContext().createMediaStreamDestination().stream.getAudioTracks();
  if (track === undefined) throw new Error('the browser has no audio');
  return track;
}
