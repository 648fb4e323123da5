// The pictures of the administrator's pages: the first start, a trunk that is tested, people, features, filtered calls.
// Used by screens.mjs.
export async function firstStartPictures(page, take) {
  await page.goto('/first-start');
  await page.getByRole('button', { name: 'Rented number' }).waitFor();
  await take('first-start');
}

export async function administrationPictures(page, take, { office, providerPort }) {
  await page.goto('/calls?show=all&ended=answered');
  await page.getByRole('row').nth(3).waitFor();
  await take('calls-filter');
  await page.goto('/settings/trunks');
  await page.getByRole('button', { name: 'Add trunk' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kind').selectOption('address');
  await dialog.getByLabel('Name', { exact: true }).fill('Telephone company');
  await dialog.getByLabel('Host').fill('127.0.0.1');
  await dialog.getByLabel('Port', { exact: true }).fill(String(providerPort));
  const test = dialog.getByRole('button', { name: 'Test', exact: true });
  await test.click();
  await dialog.getByText(/^Answers in/).waitFor();
  await test.scrollIntoViewIfNeeded();
  await take('trunk-test');
  await page.goto('/settings/people');
  await page.getByRole('row').nth(1).waitFor();
  await take('people');
  await page.goto(`/settings/people/${office.person.id}`);
  await page.getByRole('button', { name: 'Dismiss …' }).click();
  await take('dismiss');
  await page.goto('/settings/features');
  await page.getByLabel('Queues').waitFor();
  await take('features');
}
