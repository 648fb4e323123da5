/** The sentences of e-mails in each language. `{name}` is filled in; `{who}` is empty or begins with a space. */
import type { Language } from '../call-router/state/office';
import type { AlarmKind } from '../prisma/desk-records';

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

export interface MailSentences {
  /** `{name}`, `{login}`, `{link}`. */
  readonly invitation: MailText;
  readonly newLead: MailText;
  readonly leadPassedOn: MailText;
  readonly message: MailText;
  readonly alarm: MailText;
  readonly alarms: Readonly<Record<AlarmKind, string>>;
}

const english: MailSentences = {
  invitation: {
    subject: 'Your telephone account',
    text: 'Hello {name},\n\nan account is ready for you. Open this link within 7 days and choose your password:\n\n{link}\n\nYour login is {login}. The link works once; give it to nobody.',
  },
  newLead: { subject: 'A new lead is yours', text: 'A new lead waits for you at your desk: Leads.' },
  leadPassedOn: {
    subject: 'A lead was passed on to you',
    text: 'Nobody opened this lead in time; it waits for you at your desk: Leads.',
  },
  message: {
    subject: 'New voicemail: {mailbox}',
    text: 'There is a new message in the mailbox {mailbox}. Dial *97, or open it at your desk.',
  },
  alarm: { subject: 'Trunkline alarm: {alarm}', text: 'Alarm: {alarm}{who}. See the page: Alarms.' },
  alarms: {
    'wrong-pin': 'somebody who called in from a mobile typed a wrong PIN too often',
    'fraud-limit': 'a person reached the limit of calls out and is stopped until you lift it',
    'forbidden-number': 'somebody called a number that is closed',
    'emergency-call': 'an emergency number was called',
    'many-calls-out': 'the route of a number leads unusually many calls outside at once',
    'prompt-missing':
      'the announcement that a call is recorded has no sound in the language of the call, which is not recorded',
  },
};

const czech: MailSentences = {
  invitation: {
    subject: 'Váš telefonní účet',
    text: 'Dobrý den, {name},\n\nje pro vás připraven účet. Do 7 dnů otevřete tento odkaz a zvolte si heslo:\n\n{link}\n\nVaše přihlašovací jméno je {login}. Odkaz platí jednou; nikomu ho nedávejte.',
  },
  newLead: { subject: 'Máte nový lead', text: 'Na vaší ploše čeká nový lead: Leady.' },
  leadPassedOn: {
    subject: 'Lead byl předán vám',
    text: 'Tento lead nikdo včas neotevřel; čeká na vás na vaší ploše: Leady.',
  },
  message: {
    subject: 'Nový hlasový vzkaz: {mailbox}',
    text: 'Ve schránce {mailbox} je nový vzkaz. Vytočte *97, nebo si ho přehrajte na své ploše.',
  },
  alarm: { subject: 'Trunkline – výstraha: {alarm}', text: 'Výstraha: {alarm}{who}. Viz stránka Výstrahy.' },
  alarms: {
    'wrong-pin': 'někdo, kdo volal z mobilu, příliš často zadal chybný PIN',
    'fraud-limit': 'někdo dosáhl limitu odchozích hovorů a nemůže volat, dokud to nepovolíte',
    'forbidden-number': 'někdo volal na zakázané číslo',
    'emergency-call': 'bylo voláno tísňové číslo',
    'many-calls-out': 'trasa některého čísla vede ven neobvykle mnoho hovorů najednou',
    'prompt-missing': 'upozornění na nahrávání nemá zvuk v jazyce hovoru, a hovor se proto nenahrává',
  },
};

const romanian: MailSentences = {
  invitation: {
    subject: 'Contul dumneavoastră de telefonie',
    text: 'Bună ziua, {name},\n\nv-a fost pregătit un cont. Deschideți acest link în 7 zile și alegeți-vă parola:\n\n{link}\n\nNumele de utilizator este {login}. Linkul funcționează o singură dată; nu îl dați nimănui.',
  },
  newLead: { subject: 'Aveți un lead nou', text: 'Un lead nou vă așteaptă în aplicație: Leaduri.' },
  leadPassedOn: {
    subject: 'V-a fost transmis un lead',
    text: 'Nimeni nu a deschis la timp acest lead; vă așteaptă în aplicație: Leaduri.',
  },
  message: {
    subject: 'Mesaj vocal nou: {mailbox}',
    text: 'Există un mesaj nou în căsuța {mailbox}. Formați *97 sau deschideți-l în aplicație.',
  },
  alarm: { subject: 'Trunkline – alarmă: {alarm}', text: 'Alarmă: {alarm}{who}. Vedeți pagina Alarme.' },
  alarms: {
    'wrong-pin': 'cineva care a sunat de pe mobil a introdus de prea multe ori un PIN greșit',
    'fraud-limit': 'o persoană a atins limita de apeluri externe și este oprită până la deblocarea de către dvs.',
    'forbidden-number': 'cineva a apelat un număr interzis',
    'emergency-call': 'a fost apelat un număr de urgență',
    'many-calls-out': 'ruta unui număr trimite în exterior neobișnuit de multe apeluri simultan',
    'prompt-missing':
      'anunțul că apelul se înregistrează nu are sunet în limba apelului, iar apelul nu este înregistrat',
  },
};

const portuguese: MailSentences = {
  invitation: {
    subject: 'A sua conta de telefone',
    text: 'Olá, {name},\n\na sua conta está pronta. Abra esta ligação no prazo de 7 dias e escolha a sua palavra-passe:\n\n{link}\n\nO seu nome de utilizador é {login}. A ligação funciona uma vez; não a dê a ninguém.',
  },
  newLead: { subject: 'Tem uma nova lead', text: 'Tem uma nova lead à sua espera na aplicação: Leads.' },
  leadPassedOn: {
    subject: 'Uma lead passou para si',
    text: 'Ninguém abriu esta lead a tempo; está à sua espera na aplicação: Leads.',
  },
  message: {
    subject: 'Nova mensagem de voz: {mailbox}',
    text: 'Há uma nova mensagem na caixa {mailbox}. Marque *97 ou ouça-a na aplicação.',
  },
  alarm: { subject: 'Trunkline – alarme: {alarm}', text: 'Alarme: {alarm}{who}. Consulte a página Alarmes.' },
  alarms: {
    'wrong-pin': 'alguém que ligou de um telemóvel introduziu demasiadas vezes um PIN errado',
    'fraud-limit': 'uma pessoa atingiu o limite de chamadas para o exterior e está impedida de ligar até o autorizar',
    'forbidden-number': 'alguém ligou para um número proibido',
    'emergency-call': 'foi feita uma chamada para um número de emergência',
    'many-calls-out': 'a rota de um número envia para o exterior demasiadas chamadas ao mesmo tempo',
    'prompt-missing': 'o aviso de gravação não tem som no idioma da chamada, que não está a ser gravada',
  },
};

const korean: MailSentences = {
  invitation: {
    subject: '전화 계정 안내',
    text: '{name} 님, 안녕하세요.\n\n계정이 준비되었습니다. 7일 안에 아래 링크를 열고 비밀번호를 정해 주세요.\n\n{link}\n\n로그인 이름은 {login}입니다. 링크는 한 번만 사용할 수 있으니 아무에게도 주지 마세요.',
  },
  newLead: { subject: '새 리드가 배정되었습니다', text: '새 리드가 기다리고 있습니다. 데스크의 ‘리드’를 열어 보세요.' },
  leadPassedOn: {
    subject: '리드가 전달되었습니다',
    text: '제때 아무도 열지 않은 리드가 전달되었습니다. 데스크의 ‘리드’를 열어 보세요.',
  },
  message: {
    subject: '새 음성 메시지: {mailbox}',
    text: '사서함 {mailbox}에 새 메시지가 있습니다. *97로 전화하거나 데스크에서 들어 보세요.',
  },
  alarm: { subject: 'Trunkline 경보: {alarm}', text: '경보: {alarm}{who}. ‘경보’ 페이지를 확인하세요.' },
  alarms: {
    'wrong-pin': '휴대전화로 걸어 온 사람이 PIN을 너무 여러 번 잘못 입력했습니다',
    'fraud-limit': '발신 한도에 도달한 사람이 있어, 해제할 때까지 발신이 중지됩니다',
    'forbidden-number': '금지된 번호로 전화를 건 사람이 있습니다',
    'emergency-call': '긴급 번호로 전화를 걸었습니다',
    'many-calls-out': '한 번호의 경로에서 외부로 나가는 동시 통화가 비정상적으로 많습니다',
    'prompt-missing': '통화 언어로 된 녹음 안내 음성이 없어 통화가 녹음되지 않습니다',
  },
};

const thai: MailSentences = {
  invitation: {
    subject: 'บัญชีโทรศัพท์ของคุณ',
    text: 'สวัสดี {name}\n\nบัญชีของคุณพร้อมแล้ว เปิดลิงก์นี้ภายใน 7 วันและตั้งรหัสผ่านของคุณ:\n\n{link}\n\nชื่อเข้าระบบของคุณคือ {login} ลิงก์นี้ใช้ได้ครั้งเดียว อย่าให้ใคร',
  },
  newLead: { subject: 'คุณได้รับลีดใหม่', text: 'มีลีดใหม่รอคุณอยู่ที่หน้า “ลีด”' },
  leadPassedOn: {
    subject: 'มีลีดส่งต่อมาถึงคุณ',
    text: 'ไม่มีใครเปิดลีดนี้ทันเวลา ลีดนี้รอคุณอยู่ที่หน้า “ลีด”',
  },
  message: {
    subject: 'ข้อความเสียงใหม่: {mailbox}',
    text: 'มีข้อความใหม่ในกล่องข้อความเสียง {mailbox} กด *97 หรือเปิดฟังได้ในหน้าเว็บ',
  },
  alarm: { subject: 'Trunkline แจ้งเตือน: {alarm}', text: 'แจ้งเตือน: {alarm}{who} โปรดดูที่หน้า “การแจ้งเตือนภัย”' },
  alarms: {
    'wrong-pin': 'มีผู้โทรเข้าจากมือถือใส่ PIN ผิดหลายครั้งเกินไป',
    'fraud-limit': 'มีผู้ใช้โทรออกถึงขีดจำกัด และถูกระงับจนกว่าคุณจะปลดล็อก',
    'forbidden-number': 'มีผู้โทรไปยังหมายเลขที่ห้ามโทร',
    'emergency-call': 'มีการโทรไปยังหมายเลขฉุกเฉิน',
    'many-calls-out': 'เส้นทางของหมายเลขหนึ่งส่งสายออกภายนอกพร้อมกันมากผิดปกติ',
    'prompt-missing': 'เสียงประกาศว่ามีการบันทึกไม่มีในภาษาของสายนี้ สายจึงไม่ถูกบันทึก',
  },
};

export const mailSentences: Readonly<Record<Language, MailSentences>> = {
  en: english,
  cs: czech,
  ro: romanian,
  pt: portuguese,
  ko: korean,
  th: thai,
};
