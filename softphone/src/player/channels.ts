/**
 * Hearing one side alone. A recording has the client left and us right; alone, a side is heard in both ears. The Web Audio
 * graph is made when first needed: until then the element plays by itself, which cannot fail for lack of an audio device.
 */

export type Side = 'both' | 'client' | 'us';

interface Graph {
  readonly splitter: ChannelSplitterNode;
  readonly merger: ChannelMergerNode;
  readonly audio: AudioContext;
}

const graphs = new WeakMap<HTMLAudioElement, Graph>();
const left = 0;
const right = 1;

export function hear(element: HTMLAudioElement, side: Side): void {
  const graph = graphs.get(element) ?? (side === 'both' ? undefined : makeGraph(element));
  if (!graph) return;
  const { splitter, merger } = graph;
  splitter.disconnect();
  splitter.connect(merger, side === 'us' ? right : left, left);
  splitter.connect(merger, side === 'client' ? left : right, right);
  void graph.audio.resume();
}

/** Gives the audio device back. */
export function closeChannels(element: HTMLAudioElement): void {
  const graph = graphs.get(element);
  graphs.delete(element);
  void graph?.audio.close();
}

function makeGraph(element: HTMLAudioElement): Graph {
  const audio = new AudioContext();
  const splitter = audio.createChannelSplitter(2);
  const merger = audio.createChannelMerger(2);
  audio.createMediaElementSource(element).connect(splitter);
  merger.connect(audio.destination);
  const graph = { splitter, merger, audio };
  graphs.set(element, graph);
  return graph;
}
