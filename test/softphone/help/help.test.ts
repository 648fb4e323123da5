/** Every page has its help, in every language: what it is for and how the usual things are done. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from '../../../call-router/state/office';
import { settingsGroups } from '../../../softphone/src/pages/settings/places';
import { type Help, type HelpTopic, loadHelp, topicOf, topics } from '../../../softphone/src/help/topics';

const desk = readFileSync(path.resolve(__dirname, '../../../softphone/src/desk.tsx'), 'utf8');
const pages = [...desk.matchAll(/<Route path="([\w/:-]+)"/g)].map(([, route]) => `/${route?.replace(':id', 'x')}`);
const settings = settingsGroups.flatMap(({ places }) => places.map(({ to }) => `/settings/${to}`));

it.each([...pages, ...settings])('the page %s has a help', (page) => {
  expect(topicOf(page)).toBeDefined();
});

it.each([
  ['/leads', 'leads'],
  ['/leads/a1', 'card'],
  ['/calls/a1', 'call'],
  ['/settings/routes/new', 'settings/routes'],
  ['/nothing', undefined],
  ['/settings/nothing', undefined],
])('%s is helped with %s', (place, topic) => expect(topicOf(place)).toBe(topic));

describe.each(languages)('the help in %s', (language) => {
  let help: Help;
  let english: Help;
  beforeAll(async () => {
    [help, english] = await Promise.all([loadHelp(language), loadHelp('en')]);
  });

  it('tells of each page what it is for and one to six things to do', () => {
    for (const topic of Object.keys(topics) as HelpTopic[]) {
      const page = help[topic];
      expect({ topic, is: (page?.for ?? '').length > 10 }).toEqual({ topic, is: true });
      expect({ topic, count: page?.how.length }).toEqual({ topic, count: english[topic]?.how.length });
      expect(page?.how.length).toBeLessThanOrEqual(6);
    }
  });

  it('is told in no other language', () => {
    if (language === 'en') return;
    const left = (Object.keys(topics) as HelpTopic[]).filter((topic) => {
      const told = new Set([english[topic]?.for, ...(english[topic]?.how ?? [])]);
      return [help[topic]?.for, ...(help[topic]?.how ?? [])].some((sentence) => told.has(sentence));
    });
    expect(left).toEqual([]);
  });
});
