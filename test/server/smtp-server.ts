/** A mail server for tests, and how a mail is read. */
import { createServer, type Server } from 'node:net';

/** An SMTP server (RFC 5321) that takes every mail, in plain text only. */
export function smtpServer(): { readonly server: Server; readonly mails: string[]; port: () => number } {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let data: string | undefined;
    let line = '';
    socket.on('error', () => undefined);
    socket.write('220 test\r\n');
    socket.on('data', (bytes) => {
      line += bytes.toString('utf8');
      for (let end = line.indexOf('\r\n'); end >= 0; end = line.indexOf('\r\n')) {
        const said = line.slice(0, end);
        line = line.slice(end + 2);
        if (data !== undefined && said !== '.') data += `${said}\n`;
        else if (data !== undefined) {
          mails.push(data);
          data = undefined;
          socket.write('250 taken\r\n');
        } else if (said === 'DATA') {
          data = '';
          socket.write('354 go on\r\n');
        } else if (said === 'STARTTLS') socket.write('502 not here\r\n');
        else socket.write(said === 'QUIT' ? '221 bye\r\n' : '250 yes\r\n');
      }
    });
  });
  return {
    server,
    mails,
    port: () => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
  };
}

/** The text of a mail, whatever it was encoded in (RFC 2045). */
export function mailBody(mail: string): string {
  const [head = '', ...body] = mail.split('\n\n');
  const text = body.join('\n\n');
  if (/^Content-Transfer-Encoding: base64$/m.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
