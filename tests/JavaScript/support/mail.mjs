// A mail server: takes every message, as far as SMTP is needed for that.
import { createServer } from 'node:net';
import { freePort } from './sidecar.mjs';

export async function mailServer() {
  const mails = [];
  const server = createServer(socket => {
    let text = '', mail;
    const say = line => socket.write(`${line}\r\n`);
    say('220 mail');
    socket.setEncoding('utf8').on('error', () => {}).on('data', data => {
      text += data;
      for (let end; (end = text.indexOf(mail === undefined ? '\r\n' : '\r\n.\r\n')) >= 0;) {
        const part = text.slice(0, end);
        text = text.slice(end + (mail === undefined ? 2 : 5));
        if (mail !== undefined) { mails.push(mail + part); mail = undefined; say('250 taken'); }
        else if (part === 'DATA') { mail = ''; say('354 go on'); }
        else if (part === 'QUIT') { say('221 bye'); socket.end(); }
        else say('250 ok');
      }
    });
  });
  const port = await freePort();
  await new Promise(done => server.listen(port, '127.0.0.1', done));
  return { mails, url: `smtp://127.0.0.1:${port}`, stop: () => server.close() };
}
