/** The page that is shown where the service cannot be reached: in the browser's language, tries again by itself. */

interface Words {
  readonly title: string;
  readonly why: string;
  readonly again: string;
}

const english: Words = {
  title: 'Trunkline cannot be reached',
  why: 'Check your network. The page opens by itself as soon as the service answers. Desk phones work on.',
  again: 'Try now',
};
/** Beside the catalogues: a service worker that was just woken has none of them. */
const byLanguage: Readonly<Record<string, Words>> = {
  en: english,
  cs: {
    title: 'Trunkline není dostupný',
    why: 'Zkontrolujte síť. Stránka se otevře sama, jakmile služba odpoví. Stolní telefony fungují dál.',
    again: 'Zkusit hned',
  },
  ro: {
    title: 'Trunkline nu poate fi accesat',
    why: 'Verificați rețeaua. Pagina se deschide singură de îndată ce serviciul răspunde. Telefoanele de birou funcționează în continuare.',
    again: 'Încearcă acum',
  },
  pt: {
    title: 'Não é possível contactar o Trunkline',
    why: 'Verifique a rede. A página abre sozinha assim que o serviço responder. Os telefones de secretária continuam a funcionar.',
    again: 'Tentar agora',
  },
  ko: {
    title: 'Trunkline에 연결할 수 없습니다',
    why: '네트워크를 확인하세요. 서비스가 응답하면 페이지가 자동으로 열립니다. 책상 전화기는 계속 작동합니다.',
    again: '지금 다시 시도',
  },
  th: {
    title: 'ติดต่อ Trunkline ไม่ได้',
    why: 'โปรดตรวจสอบเครือข่าย หน้านี้จะเปิดเองทันทีที่ระบบตอบกลับ โทรศัพท์ตั้งโต๊ะยังใช้งานได้ตามปกติ',
    again: 'ลองตอนนี้',
  },
};

const triesAgainS = 5;

/** @param languages as the browser prefers them (BCP 47). */
export function offlinePage(languages: readonly string[]): string {
  const language = languages.map((tag) => tag.split('-')[0] ?? '').find((tag) => tag in byLanguage) ?? 'en';
  const { title, why, again } = byLanguage[language] ?? english;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${triesAgainS}"><title>${title}</title><style>
:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:26rem;padding:1.5rem;text-align:center}h1{font-size:1.25rem;margin:.75rem 0}
a{display:inline-block;padding:.5rem 1.25rem;border:1px solid currentColor;border-radius:6px;color:inherit;text-decoration:none}
</style></head><body><main><h1>${title}</h1><p>${why}</p><p><a href="">${again}</a></p></main></body></html>`;
}
