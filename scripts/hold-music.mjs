// Our music on hold, made of notes written here: soft chords of sines and single plucked notes over them. It is written
// into a ring, so that what rings out at the end sounds on at the beginning and the loop has no seam.
const rate = 8000;
const barS = 4;

// Names of notes as half tones above A3 (220 Hz).
const note = { C4: 3, D4: 5, E4: 7, F4: 8, G4: 10, A4: 12, B4: 14, C5: 15, D5: 17, E5: 19, F5: 20, G5: 22, A5: 24 };

const bars = [
  ['F4 A4 C5 E5', 'A5 . E5 . C5 . . .'],
  ['D4 F4 A4 C5', '. F5 . . A4 . C5 .'],
  ['G4 B4 D5 F5', 'D5 . . G5 . . D5 .'],
  ['C4 E4 G4 B4', '. E5 . G4 . . . .'],
  ['A4 C5 E5 G5', 'E5 . C5 . . G5 . .'],
  ['D4 F4 A4 E5', '. . A4 . F5 . E5 .'],
  ['G4 A4 C5 D5', 'G5 . . D5 . C5 . .'],
  ['G4 B4 D5 F5', '. B4 . . D5 . . .'],
  ['C4 E4 G4 D5', 'G5 . E5 . . D5 . .'],
  ['F4 A4 C5 G5', '. A5 . . C5 . G5 .'],
  ['D4 F4 A4 C5', 'F5 . . C5 . A4 . .'],
  ['C4 E4 G4 C5', '. . E5 . . . . .'],
];

/** Loops after 48 s; samples from -1 to 1, before the loudness is set. */
export function holdMusic() {
  const ring = new Float32Array(bars.length * barS * rate);
  bars.forEach(([chord, plucks], bar) => {
    for (const name of chord.split(' '))
      add(ring, { name, atS: bar * barS, lengthS: barS + 1.2, envelope: swell, peak: 0.12 });
    plucks.split(' ').forEach((name, eighth) => {
      if (name !== '.') add(ring, { name, atS: (bar + eighth / 8) * barS, lengthS: 2.4, envelope: pluck, peak: 0.16 });
    });
  });
  return ring;
}

function add(ring, { name, atS, lengthS, envelope, peak }) {
  const hz = 220 * 2 ** (note[name] / 12);
  const from = Math.round(atS * rate);
  for (let i = 0; i < lengthS * rate; i++) {
    const turn = (2 * Math.PI * hz * i) / rate;
    // A little of the octave and the twelfth, so that a telephone carries the low notes too.
    const wave = Math.sin(turn) + 0.28 * Math.sin(2 * turn) + 0.1 * Math.sin(3 * turn);
    ring[(from + i) % ring.length] += peak * envelope(i / rate, lengthS) * wave;
  }
}

function swell(s, lengthS) {
  return (
    Math.sin(Math.PI * Math.min(1, s / 1.6) * 0.5) ** 2 *
    Math.sin(Math.PI * Math.min(1, (lengthS - s) / 1.8) * 0.5) ** 2
  );
}

function pluck(s, lengthS) {
  return Math.min(1, s / 0.02) * Math.exp(-s * 2.2) * Math.min(1, (lengthS - s) / 0.1);
}
