/** The help of each page in Czech. */
import type { Help } from './topics';

export const czech: Help = {
  'first-start': {
    for: 'Nastaví první linku krok za krokem: linku, její zkoušku, první číslo, kde se přijímá, a nakonec skutečný hovor.',
    how: [
      'Zvolte, co máte: pronajaté číslo, vlastní mobilní číslo, nebo pobočkovou ústřednu.',
      'Zadejte, co vám dal poskytovatel; zkouška řekne, co je špatně a co s tím.',
      'Zvolte, kde se hovory přijímají: v tomto prohlížeči, nebo na stolním telefonu.',
      'Odejít můžete kdykoli; co je uloženo, zůstane, a vše lze změnit v nastavení.',
    ],
  },
  leads: {
    for: 'Leady jsou lidé, kteří volali nebo kterým se volalo, a zatím nejsou klienty. Každý hovor s neznámým číslem vytvoří jeden.',
    how: [
      'Lead otevřete kliknutím; je označen jako nový, dokud ho někdo neotevře.',
      'Seznam zúžíte nahoře: podle jména nebo čísla, stavu nebo odpovědné osoby.',
      'Zpět zavoláte sluchátkem u čísla.',
      'Z leadu uděláte klienta: otevřete ho a stiskněte „Převést“. Hovory a nahrávky přejdou s ním.',
      'Ručně ho zapíšete tlačítkem „Nový lead“.',
    ],
  },
  clients: {
    for: 'Kontakty jsou lidé, firmy jsou společnosti. Hovor se k nim přiřadí podle kteréhokoli jejich čísla.',
    how: [
      'Nahoře zvolte kontakty nebo firmy a napište část jména či čísla.',
      'Kartu otevřete kliknutím: hovory a nahrávky jsou vpravo.',
      'Nový záznam přidáte tlačítkem vpravo nahoře.',
      'Klienta najdete z kterékoli stránky hledáním nahoře.',
    ],
  },
  deals: {
    for: 'Obchod je rozjednaná věc s klientem: částka a fáze.',
    how: [
      'Nahoře zobrazíte jen otevřené obchody, nebo všechny.',
      'Začněte ho tlačítkem „Nový obchod“, na kartě klienta nebo při převodu leadu.',
      'Do jiné fáze ho posunete na jeho kartě.',
    ],
  },
  card: {
    for: 'Vše o jednom klientovi, leadu nebo obchodu: vlevo podrobnosti, vpravo hovory s nahrávkami.',
    how: [
      'Podrobnosti změníte tlačítkem „Upravit“. Na jedné kartě může být více čísel.',
      'Na číslo zavoláte sluchátkem vedle něj, nebo ho zkopírujete.',
      'Nahrávku přehrajete tlačítkem u hovoru; z přehrávače ji uložíte jako WAV nebo MP3.',
      'Do poznámek napište, co má vědět další kolega; ukládají se samy.',
      'Zvolte, kdo odpovídá: hovory tohoto klienta mohou zvonit nejprve u něj.',
    ],
  },
  calls: {
    for: 'Hovory, které smíte vidět, nejnovější první; nahoře ty, které právě probíhají.',
    how: [
      'Zvolte všechny hovory, vlastní, nebo zmeškané.',
      'Filtrujte podle času, osoby, klienta, čísla, způsobu ukončení nebo výsledku a zobrazené hovory uložte jako tabulku.',
      'Zmeškaný hovor zůstane „k vyřízení“, dokud se někdo volajícímu nedovolá.',
      'Otevřete hovor a uvidíte každou jeho část i nahrávku.',
      'Probíhající hovor přidržíte, přepojíte, zaparkujete nebo zavěsíte tlačítky v jeho řádku.',
    ],
  },
  call: {
    for: 'Jeden hovor od začátku do konce: komu zvonil, kdo ho přijal, jak skončil a čí chyba to byla, když se nepovedl.',
    how: [
      'Přehrajte nahrávku, nebo jen jednu její stranu.',
      'Kartu klienta otevřete kliknutím na jméno.',
      'Ve větvích hovoru uvidíte telefony, kodek a kvalitu zvuku.',
    ],
  },
  messages: {
    for: 'Co volající namluvili do vaší hlasové schránky a do schránek vašich skupin.',
    how: [
      'Přehrajte vzkaz; pak platí za vyslechnutý. Můžete ho znovu označit jako nový.',
      'Zpět zavoláte sluchátkem u čísla.',
      'Vyřízený vzkaz odeberte. Znovu už poslechnout nepůjde.',
      'Na telefonu přehraje tytéž vzkazy *97.',
    ],
  },
  queues: {
    for: 'Kolik volajících čeká, jak dlouho, a co dělají agenti, právě v tuto chvíli.',
    how: [
      'Do fronty se přihlásíte nebo dáte pauzu v nabídce se svým jménem.',
      'Manažer může agenta přihlásit, odhlásit nebo mu dát pauzu tlačítkem „Změnit“.',
      'Úroveň služby je podíl volajících, kteří byli přijati včas.',
    ],
  },
  me: {
    for: 'Jak se k vám dostanou hovory a jak s vámi mluví tato stránka.',
    how: [
      '„Nerušit“ ztiší vaše telefony; volající slyší obsazeno, nebo jdou tam, kam vede „obsazeno“.',
      'Hovory přesměrujete vždy, při obsazení, když nezvednete, nebo když není dostupný telefon.',
      'Zde se přihlásíte do svých front a uvedete důvod pauzy.',
      'Zvolte jazyk a hodiny stránky; platí v každém vašem prohlížeči.',
    ],
  },
  headset: {
    for: 'Zjistěte, zda vás druzí slyší a vy slyšíte je, dříve než zavolá klient.',
    how: [
      'Vyzkoušejte mikrofon: proužek se hýbe, když mluvíte. Pak nahrajte pět sekund a poslechněte si, jak vás slyší ostatní.',
      'Zvolte, kde mají znít hlasy a kde má zvonit; zvonit může reproduktor, i když mluvíte do sluchátek.',
      'Povolte prohlížeči, aby vám hlásil hovory, když je vpředu jiné okno.',
      'V Chrome a Edge tlačítka USB sluchátek přijmou hovor, ztlumí mikrofon a zavěsí.',
    ],
  },
  reports: {
    for: 'Hovory spočítané podle osob, front, čísel, dnů nebo hodin.',
    how: [
      'Zvolte období a podle čeho se počítá.',
      'Kliknutím na hlavičku sloupce podle něj seřadíte.',
      'Co vidíte, uložíte jako CSV pro tabulkový program.',
    ],
  },
  alarms: {
    for: 'Na co se má správce podívat: tísňová volání, odmítnutá čísla, limity, chybné PINy.',
    how: [
      'Stiskněte „Vyřešeno“, až je hotovo; pod „Všechny“ zůstane i s tím, kdo to vyřešil.',
      'Tomu, kdo dosáhl limitu, nahoře znovu povolte odchozí hovory.',
      'Otevřete hovor, který výstrahu vyvolal.',
    ],
  },
  password: {
    for: 'Vaše vlastní heslo. Po změně skončí vaše ostatní přihlášení.',
    how: ['Zadejte současné heslo a dvakrát nové; alespoň 8 znaků.'],
  },
  phone: {
    for: 'Váš telefon na této stránce: hovory zvoní zde a mluvíte přes headset.',
    how: [
      'Stiskněte d nebo sluchátko nahoře a napište jméno či číslo.',
      'Když někdo volá, jeho karta je otevřená dřív, než hovor přijmete. Přijměte ho tlačítkem, Alt+a nebo tlačítkem headsetu.',
      'Během hovoru se můžete ztlumit, hovor přidržet, přepojit, někoho přidat, mačkat klávesy, pozastavit nahrávání a psát poznámku.',
      'U „Přijímat na“ zvolte, které vaše telefony zvoní; tlačítka fungují u hovorů na každém z nich.',
      'Když se stránka načte znovu nebo vypadne síť, hovor se vrátí sám; do té doby druhá strana slyší hudbu.',
    ],
  },
  'settings/people': {
    for: 'Každý, kdo se přihlašuje nebo má telefon.',
    how: [
      'Přidejte osobu se jménem, přihlašovacím jménem a klapkou; heslo si zvolí sama přes odkaz.',
      'Otevřete osobu a přidejte telefony: řádky k zadání do telefonu se ukážou jednou.',
      'Zvolte roli: operátoři vidí své, manažeři vše, správci i nastavení.',
      'Dejte práva navíc, například volat do zahraničí.',
      'Propusťte toho, kdo odchází: přihlášení a telefony skončí ihned, klienti a čísla přejdou na kolegu, historie zůstane.',
    ],
  },
  'settings/groups': {
    for: 'Lidé, kteří zvoní společně, přebírají si hovory nebo mají jednoho vedoucího.',
    how: [
      'Přidejte členy; osoba může být ve více skupinách.',
      'Členové skupiny pro převzetí si berou zvonící hovory kódem *11.',
      'Vedoucí vidí a slyší hovory skupiny.',
    ],
  },
  'settings/trunks': {
    for: 'Linky k vašim operátorům a k pobočkové ústředně.',
    how: [
      'Přidejte trunk: registrací, pokud jste dostali jméno a heslo, podle adresy, pokud operátor zná tu vaši.',
      'Test vyzkouší spojení, než je uložíte, a řekne, co dělat, když selže.',
      'Stav říká, zda funguje; „Odmítá nás“ bývá chybné heslo.',
      'Omezte počet hovorů najednou, pokud to určuje smlouva.',
      'Označte trunk, kterým jdou nejdřív tísňová volání.',
    ],
  },
  'settings/numbers': {
    for: 'Vaše čísla a kam jdou hovory na každé z nich.',
    how: [
      'Přidejte číslo a zvolte, kam vede: osoba, více lidí, fronta, schránka nebo trasa z kroků.',
      'Zvolte, co vytvoří neznámý volající: lead, kontakt, nebo nic.',
      'Určete, co se stane, když hovor nikdo nevezme.',
      'Zeptejte se „Kudy by hovor šel?“, než to zkusíte telefonem.',
      'Mobilní číslo nejprve ověřte: zavolá se na ně a řekne kód.',
    ],
  },
  'settings/calling-out': {
    for: 'Kterým trunkem jdou odchozí hovory a jaké číslo ukazují.',
    how: [
      'Přidejte pravidlo pro některá čísla, osoby nebo hodiny; rozhoduje první, které sedí.',
      'Dejte pravidlu druhou cestu pro případ, že první trunk nefunguje.',
      'Posunutím pravidla změníte, na které se ptáme dřív.',
    ],
  },
  'settings/fraud-guard': {
    for: 'Aby vás ukradené heslo nestálo peníze.',
    how: [
      'Povolte jen země, kam voláte.',
      'Nastavte limity pro pracovní dobu a nižší pro noci a víkendy.',
      'Kdo limitu dosáhne, je zastaven a vy dostanete výstrahu; zde ho uvolníte.',
    ],
  },
  'settings/hours': {
    for: 'Kdy máte otevřeno. Ptají se na to trasy a pravidla.',
    how: [
      'Pište časy jako 9-17 nebo 8-12, 13-16:30. Prázdné je zavřeno.',
      'Pondělí zkopírujete do ostatních pracovních dnů jedním tlačítkem.',
      'Přidejte svátky; mohou se opakovat každý rok.',
      'Přepínačem otevřete nebo zavřete ručně, zde nebo kódem z telefonu.',
    ],
  },
  'settings/routes': {
    for: 'Cesta hovoru krok za krokem: otevírací doba, uvítání, nabídky, lidé, fronty.',
    how: [
      'Přidejte trasu a její kroky. Obrázek ukazuje, kam každý vede.',
      'Kliknutím na krok určíte, co se v něm děje a co je dál.',
      'Problémy jsou uvedeny u kroku; trasa s problémem se neuloží.',
      'Zvolte trasu u čísla, aby jí hovory šly.',
      'Zeptejte se, kudy by šel hovor v určitou dobu a s určitými klávesami.',
    ],
  },
  'settings/queues': {
    for: 'Fronty, ve kterých volající čekají na dalšího volného agenta.',
    how: [
      'Přidejte frontu a její agenty s úrovní a dovednostmi.',
      'Zvolte, komu se zvoní: všem, dokola, nejdéle volnému, nebo podle dovedností.',
      'Zvolte hudbu a co volající při čekání slyší.',
      'Určete, kam jdou, když to trvá příliš dlouho.',
      'Veďte na frontu číslo nebo krok trasy.',
    ],
  },
  'settings/mailboxes': {
    for: 'Kde volající nechávají vzkazy: schránka osoby nebo skupiny.',
    how: [
      'Přidejte schránku a určete, čí je.',
      'Zvolte uvítání; bez něj zazní text od Trunkline.',
      'Nové vzkazy nechte oznamovat e-mailem.',
    ],
  },
  'settings/rooms': {
    for: 'Konferenční místnosti: kdo vytočí kód a číslo místnosti, mluví s ostatními v ní.',
    how: ['Přidejte místnost s číslem a případně s PINem.', 'Kód a číslo sdělte těm, kdo mají přijít.'],
  },
  'settings/sounds': {
    for: 'Vlastní uvítání, hlášení a hudba, a co říká sama Trunkline.',
    how: [
      'Nahrajte zvuk; vše kromě WAV se převede ve vašem prohlížeči.',
      'Přehrajte si ho zde dřív, než ho uslyší volající.',
      'Nahraďte text od Trunkline vlastní nahrávkou v každém jazyce.',
    ],
  },
  'settings/codes': {
    for: 'Co lidé vytáčejí a mačkají na telefonech, a místa pro zaparkované hovory.',
    how: [
      'Změňte kód, nebo ho vymažte a tím vypněte. Střet se ukáže hned.',
      'Kódy „mačkané během hovoru“ stojí mezi * a #.',
      'Zvolte parkovací místa a za jak dlouho se zaparkovaný hovor vrátí.',
    ],
  },
  'settings/recording': {
    for: 'Které hovory se nahrávají a zda o tom volající nejprve slyší.',
    how: [
      'Bez pravidel se nahrává každý hovor.',
      'Přidejte pravidlo pro číslo, skupinu nebo směr; rozhoduje první, které sedí.',
      'U „nahrává se s hlášením“ to vnější strana slyší před hovorem.',
    ],
  },
  'settings/new-leads': {
    for: 'Kdo dostane nový lead.',
    how: [
      'Přidejte pravidlo podle zdroje, čísla nebo jazyka; rozhoduje první, které sedí.',
      'Nechte ho předat dalšímu, když ho nikdo včas neotevře.',
      'Bez pravidel ho dostane ten, kdo hovor přijal, jinak kdo má u čísla službu.',
    ],
  },
  'settings/lists': {
    for: 'Stavy leadů, fáze obchodů a výsledky hovorů vašimi slovy.',
    how: [
      'Přejmenujte, přidejte, odeberte nebo posuňte výš či níž.',
      'První dostane nový lead nebo obchod.',
      'U fáze obchodu určete, zda ho končí výhrou nebo prohrou.',
      'Výsledek hovoru vybírá, kdo hovořil; hovory se podle něj dají filtrovat. Odeberete-li výsledek, hovorům zůstane.',
    ],
  },
  'settings/never-record': {
    for: 'Čísla, jejichž hovory nikdy nevytvoří lead ani kontakt, například soukromá.',
    how: ['Pište jedno číslo na řádek, v jakémkoli formátu.'],
  },
  'settings/office': {
    for: 'Jazyk telefonů a uvítání a hodiny, podle kterých jsou přehledy.',
    how: [
      'Číslo nebo klávesa nabídky může zvolit jiný jazyk.',
      'Jazyk této stránky je váš vlastní: nabídka se jménem, „Přesměrování a fronty“.',
    ],
  },
  'settings/features': {
    for: 'Co vaše kancelář používá. Co je vypnuté, zmizí ze všech obrazovek.',
    how: ['Funkci vypněte nebo zapněte; nic nastaveného se neztratí.'],
  },
  'settings/mail': {
    for: 'Poštovní server, kterým se nové leady, vzkazy a výstrahy posílají e-mailem.',
    how: [
      'Zadejte server, port, šifrování a účet tak, jak je uvádí váš poskytovatel pošty.',
      'Každý dostává poštu na adresu u své osoby, ve svém jazyce.',
    ],
  },
  'settings/log-in': {
    for: 'Z kterých adres se každá role smí přihlásit.',
    how: [
      'Pište jednu adresu nebo rozsah na řádek; prázdný seznam znamená odkudkoli.',
      'Pravidlo, které by vám zavřelo dveře, se odmítne.',
    ],
  },
};
