// What a listening address of TRUNKLINE_SIP says, and what TLS needs on one.

export interface ListenAddress {
  readonly transport: 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** In PEM; the certificate with its chain. */
export interface CertificateAndKey {
  readonly cert: string;
  readonly key: string;
}

export const MIN_TLS = 'TLSv1.2';

/** The concrete address it is bound to; undefined if bound to all. */
export function boundHost(host: string): string | undefined {
  return host === '0.0.0.0' || host === '::' ? undefined : host;
}
