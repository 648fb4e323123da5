/** What a browser is told of a call while its page is closed, in the languages of the pages. `{who}`, `{by}` are filled in. */
import type { Language } from '../../call-router/state/office';

export interface CallWords {
  readonly incoming: string;
  readonly answer: string;
  /** It stopped here, and goes on elsewhere. */
  readonly goneOn: string;
  readonly missed: string;
  readonly answered: string;
  readonly answeredBy: string;
  readonly withheld: string;
}

const words: Readonly<Record<Language, CallWords>> = {
  en: {
    incoming: 'Incoming call',
    answer: 'Answer',
    goneOn: 'The call has gone on',
    missed: 'Missed call',
    answered: 'The call was answered',
    answeredBy: '{by} answered the call',
    withheld: 'Number withheld',
  },
  cs: {
    incoming: 'Příchozí hovor',
    answer: 'Přijmout',
    goneOn: 'Hovor šel dál',
    missed: 'Zmeškaný hovor',
    answered: 'Hovor byl přijat',
    answeredBy: 'Hovor přijal/a {by}',
    withheld: 'Skryté číslo',
  },
  ro: {
    incoming: 'Apel primit',
    answer: 'Răspunde',
    goneOn: 'Apelul a mers mai departe',
    missed: 'Apel pierdut',
    answered: 'S-a răspuns la apel',
    answeredBy: '{by} a răspuns la apel',
    withheld: 'Număr ascuns',
  },
  pt: {
    incoming: 'Chamada recebida',
    answer: 'Atender',
    goneOn: 'A chamada seguiu adiante',
    missed: 'Chamada não atendida',
    answered: 'A chamada foi atendida',
    answeredBy: '{by} atendeu a chamada',
    withheld: 'Número oculto',
  },
  ko: {
    incoming: '수신 전화',
    answer: '받기',
    goneOn: '전화가 다른 곳으로 넘어갔습니다',
    missed: '부재중 전화',
    answered: '다른 사람이 전화를 받았습니다',
    answeredBy: '{by} 님이 전화를 받았습니다',
    withheld: '발신 번호 표시 제한',
  },
  th: {
    incoming: 'สายเรียกเข้า',
    answer: 'รับสาย',
    goneOn: 'สายถูกส่งต่อไปแล้ว',
    missed: 'สายที่ไม่ได้รับ',
    answered: 'มีผู้รับสายแล้ว',
    answeredBy: '{by} รับสายแล้ว',
    withheld: 'ไม่แสดงหมายเลข',
  },
};

export const callWords = (language: Language): CallWords => words[language];
