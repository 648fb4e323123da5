/** The help of each page in Romanian. */
import type { Help } from './topics';

export const romanian: Help = {
  'first-start': {
    for: 'Configurează prima linie pas cu pas: linia, testul ei, primul număr, unde se răspunde și, la sfârșit, un apel adevărat.',
    how: [
      'Alegeți ce aveți: un număr închiriat, numărul dvs. de mobil sau o centrală de birou.',
      'Introduceți ce v-a dat furnizorul; testul spune ce este greșit și ce este de făcut.',
      'Alegeți unde se răspunde: în acest browser sau pe un telefon de birou.',
      'Puteți ieși oricând; ce s-a salvat rămâne, iar totul se poate schimba în setări.',
    ],
  },
  leads: {
    for: 'Leadurile sunt persoane care au sunat sau au fost sunate și nu sunt încă clienți. Fiecare apel cu un număr necunoscut creează unul.',
    how: [
      'Deschideți un lead cu un clic; este marcat ca nou până îl deschide cineva.',
      'Restrângeți lista sus: după nume sau număr, stare sau responsabil.',
      'Sunați înapoi cu receptorul de lângă număr.',
      'Faceți din lead un client: deschideți-l și apăsați „Convertește”. Apelurile și înregistrările vin cu el.',
      'Scrieți unul manual cu „Lead nou”.',
    ],
  },
  clients: {
    for: 'Contactele sunt persoane, companiile sunt firme. Un apel le este atribuit după oricare dintre numerele lor.',
    how: [
      'Alegeți sus contacte sau companii și scrieți o parte din nume sau număr.',
      'Deschideți o fișă cu un clic: apelurile și înregistrările sunt în dreapta.',
      'Adăugați cu butonul din dreapta sus.',
      'Găsiți un client din orice pagină cu căutarea de sus.',
    ],
  },
  deals: {
    for: 'O tranzacție este o afacere în curs cu un client: o sumă și o etapă.',
    how: [
      'Arătați sus doar tranzacțiile deschise sau toate.',
      'Începeți una cu „Tranzacție nouă”, pe fișa unui client sau la convertirea unui lead.',
      'Mutați-o în altă etapă pe fișa ei.',
    ],
  },
  card: {
    for: 'Totul despre un client, un lead sau o tranzacție: detaliile în stânga, apelurile cu înregistrări în dreapta.',
    how: [
      'Schimbați detaliile cu „Modifică”. O fișă poate avea mai multe numere.',
      'Sunați un număr cu receptorul de lângă el sau copiați-l.',
      'Ascultați o înregistrare cu butonul apelului; salvați-o din player ca WAV sau MP3.',
      'Scrieți în note ce ar trebui să știe următorul coleg; se salvează singure.',
      'Alegeți responsabilul: apelurile acestui client pot suna întâi la el.',
    ],
  },
  calls: {
    for: 'Apelurile pe care le puteți vedea, cele mai noi primele; sus, cele în desfășurare.',
    how: [
      'Alegeți toate apelurile, ale dvs. sau pe cele pierdute.',
      'Filtrați după timp, persoană, client, număr, felul încheierii sau rezultat și exportați ce se vede ca tabel.',
      'Un apel pierdut rămâne „de urmărit” până când cineva dă de apelant.',
      'Deschideți un apel ca să vedeți fiecare parte și să ascultați înregistrarea.',
      'Puneți în așteptare, transferați, parcați sau închideți un apel în curs cu butoanele de pe rândul lui.',
    ],
  },
  call: {
    for: 'Un apel de la început la sfârșit: la cine a sunat, cine a răspuns, cum s-a încheiat și a cui a fost vina dacă a eșuat.',
    how: [
      'Ascultați înregistrarea sau doar o parte a ei.',
      'Deschideți fișa clientului apăsând pe nume.',
      'Vedeți în ramurile apelului telefoanele, codecul și calitatea sunetului.',
    ],
  },
  messages: {
    for: 'Ce au spus apelanții mesageriei dvs. vocale și celei a grupurilor dvs.',
    how: [
      'Ascultați un mesaj; apoi contează ca ascultat. Îl puteți marca din nou ca nou.',
      'Sunați înapoi cu receptorul de lângă număr.',
      'Eliminați un mesaj rezolvat. Nu mai poate fi ascultat.',
      'La telefon, *97 redă aceleași mesaje.',
    ],
  },
  queues: {
    for: 'Câți apelanți așteaptă, de cât timp și ce fac agenții, chiar în acest moment.',
    how: [
      'Conectați-vă la o coadă sau luați pauză din meniul cu numele dvs.',
      'Un manager poate conecta, deconecta sau pune în pauză un agent cu „Schimbă”.',
      'Nivelul de serviciu este ponderea apelanților preluați la timp.',
    ],
  },
  me: {
    for: 'Cum ajung apelurile la dvs. și cum vă vorbește această pagină.',
    how: [
      '„Nu deranja” vă face telefoanele mute; apelanții aud ocupat sau merg unde duce „ocupat”.',
      'Redirecționați apelurile întotdeauna, când sunteți ocupat, când nu răspundeți sau când niciun telefon nu este disponibil.',
      'Conectați-vă aici la cozile dvs. și spuneți motivul pauzei.',
      'Alegeți limba și ceasul paginii; vă urmează în orice browser.',
    ],
  },
  headset: {
    for: 'Aflați dacă ceilalți vă aud și dacă îi auziți, înainte să sune un client.',
    how: [
      'Încercați microfonul: bara se mișcă în timp ce vorbiți. Apoi înregistrați cinci secunde și ascultați cum vă aud ceilalți.',
      'Alegeți unde se aud vocile și unde sună; difuzorul poate suna chiar dacă vorbiți în căști.',
      'Permiteți browserului să vă anunțe apelurile când altă fereastră este în față.',
      'Cu Chrome sau Edge, butoanele căștilor USB răspund, opresc microfonul și închid.',
    ],
  },
  reports: {
    for: 'Apeluri numărate după persoană, coadă, număr, zi sau oră.',
    how: [
      'Alegeți perioada și după ce se numără.',
      'Sortați după o coloană cu un clic pe capul ei.',
      'Salvați ce vedeți ca CSV pentru calcul tabelar.',
    ],
  },
  alarms: {
    for: 'Ce ar trebui să vadă un administrator: apeluri de urgență, numere refuzate, limite de apeluri, PIN-uri greșite.',
    how: [
      'Apăsați „Rezolvat” când s-a lămurit; rămâne la „Toate”, cu numele celui care a rezolvat.',
      'Permiteți sus din nou apelurile externe cui a atins o limită.',
      'Deschideți apelul care a declanșat alarma.',
    ],
  },
  password: {
    for: 'Parola dvs. Celelalte autentificări ale dvs. se încheie când o schimbați.',
    how: ['Introduceți parola actuală și de două ori pe cea nouă; cel puțin 8 caractere.'],
  },
  phone: {
    for: 'Telefonul dvs. pe această pagină: apelurile sună aici și vorbiți printr-o cască.',
    how: [
      'Apăsați d sau receptorul de sus, apoi scrieți un nume sau un număr.',
      'Când sună cineva, fișa lui este deschisă înainte să răspundeți. Răspundeți cu butonul, cu Alt+a sau cu tasta căștii.',
      'În timpul apelului puteți opri microfonul, pune în așteptare, transfera, adăuga pe cineva, apăsa taste, întrerupe înregistrarea și scrie o notă.',
      'La „Răspunde pe” alegeți ce telefoane ale dvs. sună; butoanele funcționează pentru apelurile fiecăruia.',
      'Când pagina se reîncarcă sau rețeaua cade, apelul revine singur; până atunci cealaltă parte aude muzică.',
    ],
  },
  'settings/people': {
    for: 'Toți cei care se autentifică sau au un telefon.',
    how: [
      'Adăugați o persoană cu nume, utilizator și interior; printr-un link își alege singură parola.',
      'Deschideți o persoană ca să adăugați telefoane: rândurile de introdus în telefon se arată o singură dată.',
      'Alegeți rolul: operatorii își văd ale lor, managerii tot, administratorii și setările.',
      'Dați drepturi în plus, de exemplu să sune în străinătate.',
      'Încheiați colaborarea cu cine pleacă: autentificările și telefoanele se încheie imediat, clienții și numerele trec la un coleg, istoricul rămâne.',
    ],
  },
  'settings/groups': {
    for: 'Persoane la care sună împreună, care își preiau apelurile sau au același șef.',
    how: [
      'Adăugați membrii; o persoană poate fi în mai multe grupuri.',
      'Membrii unui grup de preluare își iau apelurile care sună cu *11.',
      'Șeful vede și aude apelurile grupului.',
    ],
  },
  'settings/trunks': {
    for: 'Liniile către operatorii dvs. și către centrala de birou.',
    how: [
      'Adăugați un trunk: prin înregistrare dacă ați primit utilizator și parolă, după adresă dacă operatorul o știe pe a dvs.',
      'Testul încearcă legătura înainte să o salvați și spune ce e de făcut dacă nu merge.',
      'Starea spune dacă funcționează; „Ne refuză” înseamnă de obicei o parolă greșită.',
      'Limitați câte apeluri merg simultan dacă așa prevede contractul.',
      'Marcați trunkul pe care ies întâi apelurile de urgență.',
    ],
  },
  'settings/numbers': {
    for: 'Numerele dvs. și unde merg apelurile la fiecare dintre ele.',
    how: [
      'Adăugați un număr și alegeți unde duce: o persoană, mai multe, o coadă, o căsuță sau o rută din pași.',
      'Alegeți ce creează un apelant necunoscut: un lead, un contact sau nimic.',
      'Spuneți ce se întâmplă dacă nu răspunde nimeni.',
      'Întrebați „Pe unde ar merge un apel?” înainte să încercați la telefon.',
      'Verificați un număr de mobil înainte să sune și el: este sunat și aude un cod.',
    ],
  },
  'settings/calling-out': {
    for: 'Pe ce trunk ies apelurile externe și ce număr arată.',
    how: [
      'Adăugați o regulă pentru unele numere, persoane sau ore; decide prima care se potrivește.',
      'Dați regulii o a doua cale, pentru când primul trunk este căzut.',
      'Mutați o regulă mai sus sau mai jos ca să schimbați care este întrebată întâi.',
    ],
  },
  'settings/fraud-guard': {
    for: 'Ca o parolă furată să nu vă coste bani.',
    how: [
      'Deschideți doar țările în care sunați.',
      'Stabiliți limite pentru programul de lucru și mai mici pentru nopți și sfârșit de săptămână.',
      'Cine atinge o limită este oprit și primiți o alarmă; deblocați-l aici.',
    ],
  },
  'settings/hours': {
    for: 'Când sunteți deschis. Rutele și regulile consultă aceste programe.',
    how: [
      'Scrieți orele ca 9-17 sau 8-12, 13-16:30. Gol înseamnă închis.',
      'Copiați ziua de luni în celelalte zile lucrătoare cu un singur buton.',
      'Adăugați sărbători; se pot repeta în fiecare an.',
      'Deschideți sau închideți manual cu comutatorul, aici sau cu codul lui de la telefon.',
    ],
  },
  'settings/routes': {
    for: 'Drumul unui apel, pas cu pas: program, întâmpinare, meniuri, persoane, cozi.',
    how: [
      'Adăugați o rută, apoi pașii ei. Imaginea arată unde duce fiecare.',
      'Apăsați pe un pas ca să spuneți ce se întâmplă în el și ce urmează.',
      'Problemele sunt numite la pasul lor; o rută cu o problemă nu se salvează.',
      'Alegeți ruta la un număr, ca apelurile să o urmeze.',
      'Întrebați pe unde ar merge un apel, la o oră și cu taste alese de dvs.',
    ],
  },
  'settings/queues': {
    for: 'Cozi în care apelanții așteaptă următorul agent liber.',
    how: [
      'Adăugați o coadă și agenții ei, cu nivel și competențe.',
      'Alegeți la cine sună: la toți, pe rând, la cel liber de cel mai mult timp sau după competență.',
      'Alegeți muzica și ce li se spune apelanților cât așteaptă.',
      'Spuneți unde merg când durează prea mult.',
      'Duceți la coadă un număr sau un pas de rută.',
    ],
  },
  'settings/mailboxes': {
    for: 'Unde lasă mesaje apelanții: o căsuță pentru o persoană sau un grup.',
    how: [
      'Adăugați o căsuță și spuneți a cui este.',
      'Alegeți mesajul de întâmpinare; fără el se aude textul Trunkline.',
      'Mesajele noi pot fi anunțate prin e-mail.',
    ],
  },
  'settings/rooms': {
    for: 'Săli de conferință: cine formează codul și numărul unei săli vorbește cu ceilalți din ea.',
    how: [
      'Adăugați o sală cu un număr și, dacă doriți, un PIN.',
      'Spuneți codul și numărul celor care trebuie să vină.',
    ],
  },
  'settings/sounds': {
    for: 'Întâmpinări, anunțuri și muzică proprii, și ce spune chiar Trunkline.',
    how: [
      'Încărcați un sunet; orice nu este WAV se convertește în browserul dvs.',
      'Ascultați-l aici înainte să-l audă apelanții.',
      'Înlocuiți un text Trunkline cu înregistrarea dvs., în fiecare limbă.',
    ],
  },
  'settings/codes': {
    for: 'Ce se formează și se apasă pe telefoane, și locurile pentru apeluri parcate.',
    how: [
      'Schimbați un cod sau ștergeți-l ca să-l opriți. O suprapunere este numită imediat.',
      'Codurile „apăsate în timpul apelului” stau între * și #.',
      'Alegeți locurile de parcare și după cât timp revine un apel parcat.',
    ],
  },
  'settings/recording': {
    for: 'Ce apeluri se înregistrează și dacă apelanții sunt anunțați întâi.',
    how: [
      'Fără reguli se înregistrează toate apelurile.',
      'Adăugați o regulă pentru un număr, un grup sau un sens; decide prima care se potrivește.',
      'Cu „înregistrat, cu anunț” partea externă aude anunțul înainte de convorbire.',
    ],
  },
  'settings/new-leads': {
    for: 'Cine primește un lead nou.',
    how: [
      'Adăugați o regulă după sursă, număr sau limbă; decide prima care se potrivește.',
      'Lăsați-l să treacă la următorul când nu l-a deschis nimeni la timp.',
      'Fără reguli merge la cine a răspuns, altfel la cine este de serviciu pentru număr.',
    ],
  },
  'settings/lists': {
    for: 'Stările leadurilor, etapele tranzacțiilor și rezultatele apelurilor, cu cuvintele dvs.',
    how: [
      'Redenumiți, adăugați, eliminați sau mutați mai sus ori mai jos.',
      'Prima este cea pe care o primește un lead sau o tranzacție nouă.',
      'Spuneți despre o etapă dacă închide tranzacția ca pierdută sau câștigată.',
      'Rezultatul unui apel îl alege cine a vorbit; apelurile pot fi filtrate după el. Dacă eliminați un rezultat, apelurile îl păstrează.',
    ],
  },
  'settings/never-record': {
    for: 'Numere ale căror apeluri nu creează niciodată un lead sau un contact, de exemplu cele private.',
    how: ['Scrieți câte un număr pe rând, în orice format.'],
  },
  'settings/office': {
    for: 'Limba telefoanelor și a întâmpinărilor, și ceasul după care se fac rapoartele.',
    how: [
      'Un număr sau o tastă de meniu poate alege altă limbă.',
      'Limba acestei pagini este a dvs.: meniul cu numele, „Redirecționare și cozi”.',
    ],
  },
  'settings/features': {
    for: 'Ce folosește biroul dvs. Ce este oprit dispare de pe toate ecranele.',
    how: ['Opriți sau porniți o funcție; nimic din ce s-a configurat nu se pierde.'],
  },
  'settings/mail': {
    for: 'Serverul prin care leadurile noi, mesajele și alarmele se trimit prin e-mail.',
    how: [
      'Introduceți serverul, portul, criptarea și contul așa cum le numește furnizorul dvs. de e-mail.',
      'Fiecare primește e-mailul la adresa persoanei sale, în limba sa.',
    ],
  },
  'settings/log-in': {
    for: 'De la ce adrese se poate autentifica fiecare rol.',
    how: [
      'Scrieți câte o adresă sau un interval pe rând; o listă goală înseamnă de oriunde.',
      'O regulă care v-ar bloca pe dvs. este refuzată.',
    ],
  },
};
