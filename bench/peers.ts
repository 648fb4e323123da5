/** What other servers took in the same measurements, on a machine of the same kind on another day: quoted, not measured here. */

export const quotedOn = 'another day, on two shared cores of the same kind, with another load generator';

export const peers = {
  relayed:
    'bare Node relay 0.09–0.15; relay in C 0.05–0.08; rtpengine in user space 0.14; Asterisk 22 0.25 (native), 0.49 (core)',
  recorded: 'Asterisk MixMonitor 0.65; rtpengine writing pcap 0.17',
  delay: 'rtpengine p99 0.22 ms; Asterisk recording 7 ms',
  memory: 'rtpengine 80 kB; Asterisk 420–570 kB',
  signalling: 'Asterisk 260/s, 5.5–6.4 ms; kamailio with rtpengine (a proxy) 926/s, 1.2 ms',
  invite: 'Asterisk 6–22 ms at 120–220 calls/s, no CRM',
  start: 'Asterisk 0.5 s, 55 MB',
} as const;
