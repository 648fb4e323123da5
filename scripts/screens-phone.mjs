// Pictures of the phone in the page: somebody rings with their card, a talk, the field to dial, my calls, the test of a headset.

/** The page of a person who is called from outside by a known client; their desk phone rings along. */
export async function phonePictures(page, take, { office, pause, sentence }) {
  const { provider, desk } = office.phones;
  const rung = new Promise((resolve) => {
    desk.onCall = resolve;
  });
  await page.getByRole('button', { name: 'Phone. Headset: ready' }).waitFor();
  const outside = await provider.call(office.rentedNumber, { from: office.knownCaller });
  (await rung).ring();
  await page.locator('.pcall-incoming .client-facts').waitFor();
  await pause(1000);
  await take('incoming');
  await page.getByRole('button', { name: /^Answer/ }).click();
  await outside.answered;
  outside.audio.say(sentence('customer'));
  await page.getByRole('button', { name: /^Hang up/ }).waitFor();
  await pause(6000); // the first figure of how it sounds comes after five seconds
  await take('talk');
  await page.getByRole('button', { name: 'Transfer' }).click();
  await take('transfer');
  await outside.hangUp();
  await outside.ended;
  outside.audio.close();
  await page.getByLabel('Note on this call').waitFor();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('button', { name: /^Phone\. / }).click();
  await page.getByRole('combobox', { name: 'Call whom' }).fill('Kar');
  await page.getByRole('listbox', { name: 'Call whom' }).getByRole('option').first().waitFor();
  await take('dial');
  await page.keyboard.press('Escape');
  await page.goto('/headset');
  await page.getByRole('region', { name: 'Microphone' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Record 5 seconds' }).waitFor();
  await take('headset');
}
