// What the pictures of the pages of every day need: a second person, a mailbox with a message, a queue in which somebody waits,
// and a call that goes on. Used by screens.mjs.
export async function furnishEveryday({ api, office, phones, sentence, pause }) {
  const boris = await api.post('/api/users', {
    name: 'Boris Novák',
    login: 'boris',
    password: 'pictures-only-2',
    role: 'operator',
    extension: '102',
  });
  const { provider, desk } = phones;
  const person = `/api/users/${office.person.id}/person`;
  await api.post('/api/mailboxes', { name: 'Anna', userId: office.person.id });
  await api.put(person, { doNotDisturb: false, forwards: { always: 'voicemail' } });
  for (const from of ['+420602111222', '+420603222333']) {
    const caller = await provider.call(office.rentedNumber, { from });
    await caller.answered;
    await pause(5000);
    caller.audio.say(sentence('customer'));
    await pause(3000);
    await caller.hangUp();
    caller.audio.close();
  }
  await api.put(person, { doNotDisturb: false, forwards: { busy: '102' } });
  const member = (userId) => ({ userId, level: 1, skills: [] });
  const queue = await api.post('/api/queues', {
    name: 'Help line',
    members: [member(office.person.id), member(boris.id)],
  });
  await api.post('/api/queues', { name: 'Orders', members: [member(boris.id)] });
  const { items } = await api.get('/api/numbers');
  const number = { number: '+420210000007', kind: 'rented', trunkId: items[0].trunkId };
  await api.post('/api/numbers', { ...number, route: { to: 'queue', queueId: queue.id } });
  await api.post(`/api/agents/${office.person.id}`, { what: 'log-in', queueId: queue.id });
  const rung = new Promise((resolve) => {
    desk.onCall = resolve;
  });
  const outside = await provider.call(office.rentedNumber, { from: '+420602111222' });
  const inside = await rung;
  inside.ring();
  inside.answer();
  await outside.answered;
  outside.audio.say(sentence('customer'));
  inside.audio.say(sentence('colleague'));
  desk.onCall = (call) => call.refuse(486);
  const waiting = await provider.call('+420210000007', { from: '+420777555444' });
  await waiting.answered;
}

/** Of the person whose desk it is. */
export async function everydayPictures(page, take) {
  const places = [
    ['live', '/leads'],
    ['missed', '/calls?show=missed'],
    ['messages', '/messages'],
    ['me', '/me'],
    ['queues', '/queues'],
    ['reports', '/reports'],
  ];
  for (const [name, place] of places) {
    await page.goto(place);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (name === 'messages')
      await page
        .getByRole('button', { name: /^Play the message/ })
        .first()
        .click();
    await take(name);
  }
}
