/** The help of each page in English. Short: what it is for, and the few things that are done here most. */
import type { Help } from './topics';

export const english: Help = {
  'first-start': {
    for: 'Sets up the first line step by step: the line, its test, the first number, where it is answered, and a real call at the end.',
    how: [
      'Choose what you have: a rented number, your own mobile number, or an office PBX.',
      'Type what the provider gave you; the test says what is wrong and what to do.',
      'Choose where calls are answered: in this browser, or on a desk phone.',
      'You may leave at any time; what is saved stays, and everything can be changed in the settings.',
    ],
  },
  leads: {
    for: 'Leads are people who called, or were called, and are not clients yet. Each call with an unknown number makes one.',
    how: [
      'Open a lead with a click; it is marked as new until somebody has opened it.',
      'Narrow the list at the top: by name or number, by status, by who is responsible.',
      'Call back with the handset beside a number.',
      'Turn a lead into a client: open it and press “Convert”. Its calls and recordings come along.',
      'Write one in by hand with “New lead”.',
    ],
  },
  clients: {
    for: 'Contacts are people, companies are firms. A call is matched to them by any of their numbers.',
    how: [
      'Choose contacts or companies at the top, and type a piece of a name or number to find one.',
      'Open a card with a click: its calls and recordings stand at the right.',
      'Add one with the button at the top right.',
      'Find a client from any page with the search box at the top.',
    ],
  },
  deals: {
    for: 'A deal is business under way with a client: an amount and a stage.',
    how: [
      'Show the open deals only, or all, at the top.',
      'Begin one with “New deal”, on a client’s card, or when a lead is converted.',
      'Move it to another stage on its card.',
    ],
  },
  card: {
    for: 'Everything about one client, lead or deal: details at the left, its calls with their recordings at the right.',
    how: [
      'Change the details with “Edit”. Several numbers may stand on one card.',
      'Call a number with the handset beside it, or copy it.',
      'Listen to a recording with the button at its call; save it as WAV or MP3 from the player.',
      'Write in the notes what the next colleague should know; they are saved by themselves.',
      'Choose who is responsible: calls of this client can ring there first.',
    ],
  },
  calls: {
    for: 'The calls that you may see, newest first, with what is going on now at the top.',
    how: [
      'Choose all calls, your own, or the missed ones.',
      'Filter by time, person, client, number, how they ended or outcome, and export what is shown as a table.',
      'A missed call stays “to follow up” until somebody has reached the caller.',
      'Open a call to see each part of it and to hear its recording.',
      'Hold, pass on, park or hang up a call that goes on with the buttons of its line.',
    ],
  },
  call: {
    for: 'One call from beginning to end: who was rung, who answered, how it ended and whose fault it was if it failed.',
    how: [
      'Play the recording, or only one side of it.',
      'Open the client’s card with the name.',
      'Look at the legs to see the phones, the codec and how good the sound was.',
    ],
  },
  messages: {
    for: 'What callers said to your voicemail, and to that of your groups.',
    how: [
      'Play a message; it then counts as heard. You can mark it as new again.',
      'Call back with the handset beside the number.',
      'Remove a message that is done with. It cannot be heard again.',
      'On a phone, *97 plays the same messages.',
    ],
  },
  queues: {
    for: 'How many callers wait, for how long, and what the agents do, as it is this moment.',
    how: [
      'Log in to a queue or pause in the menu with your name.',
      'A manager can log an agent in or out, or pause them, with “Change”.',
      'The service level is the share of callers who were answered in time.',
    ],
  },
  me: {
    for: 'How calls reach you, and how this page speaks to you.',
    how: [
      '“Do not disturb” silences your phones; callers hear busy or go where “busy” leads.',
      'Forward calls always, when busy, when you do not answer, or when no phone is reachable.',
      'Log in to your queues here, and say why you pause.',
      'Choose the language and the clock of the page; they follow you to any browser.',
    ],
  },
  headset: {
    for: 'Find out whether others hear you and you hear them, before a client calls.',
    how: [
      'Try the microphone: the bar moves while you speak. Then record five seconds and hear yourself as others do.',
      'Choose where voices are heard and where it rings; the loudspeaker may ring while the headset speaks.',
      'Allow the browser to tell you of calls while another window is in front.',
      'With Chrome or Edge the keys of a USB headset answer, mute and hang up.',
    ],
  },
  reports: {
    for: 'Calls counted by person, queue, number, day or hour.',
    how: [
      'Choose the period and by what is counted.',
      'Sort by a column with a click on its head.',
      'Save what you see as CSV for a spreadsheet.',
    ],
  },
  alarms: {
    for: 'What an administrator should look at: emergency calls, refused numbers, calling limits, wrong PINs.',
    how: [
      'Press “Seen to” when it is settled; it stays under “All” with who did it.',
      'Let somebody who reached a limit call out again at the top.',
      'Open the call that set off an alarm.',
    ],
  },
  password: {
    for: 'Your own password. Your other log-ins end when it is changed.',
    how: ['Type the current password and the new one twice; at least 8 characters.'],
  },
  phone: {
    for: 'Your phone on this page: calls ring here, and you talk with a headset.',
    how: [
      'Press d or the handset at the top, then type a name or a number.',
      'When somebody calls, their card is open before you answer. Answer with the button, with Alt+a or with the key of your headset.',
      'In a call you can mute yourself, hold, pass on, add somebody, press keys, pause the recording and write a note.',
      'Under “Answer on” choose which phones of yours ring; the buttons work on the calls of each.',
      'When the page is loaded again or the network fails, the call comes back by itself; until then the other side hears music.',
    ],
  },
  'settings/people': {
    for: 'Everybody who logs in or has a phone.',
    how: [
      'Add a person with a name, a login and an extension; by a link they choose their own password.',
      'Open a person to add phones: the lines to type into the phone are shown once.',
      'Choose the role: operators see their own, managers everything, administrators also the settings.',
      'Give rights beyond the role, for instance to call abroad.',
      'Dismiss somebody who leaves: log-ins and phones end at once, clients and numbers pass to a colleague, the history stays.',
    ],
  },
  'settings/groups': {
    for: 'People who ring together, take each other’s calls, or have one head.',
    how: [
      'Add the members; a person may be in several groups.',
      'Members of a pickup group take each other’s ringing calls with *11.',
      'The head sees and hears the calls of the group.',
    ],
  },
  'settings/trunks': {
    for: 'The lines to your providers and to the office PBX.',
    how: [
      'Add a trunk: by registration where you got a user name and password, by address where the provider knows yours.',
      'Test tries the connection before you save it, and says what to do if it fails.',
      'The state says whether it works; “Refuses us” is mostly a wrong password.',
      'Limit how many calls go at once if your contract does.',
      'Mark the trunk on which emergency calls go out first.',
    ],
  },
  'settings/numbers': {
    for: 'Your numbers, and where the calls to each of them go.',
    how: [
      'Add a number and choose where it leads: a person, several, a queue, a mailbox, or a route of steps.',
      'Choose what an unknown caller makes: a lead, a contact or nothing.',
      'Say what happens if nobody takes the call.',
      'Ask “Which way would a call go?” before you try it on the phone.',
      'Verify a mobile number before it rings along: it is called and hears a code.',
    ],
  },
  'settings/calling-out': {
    for: 'Which trunk calls to the outside take, and which number they show.',
    how: [
      'Add a rule for some numbers, people or hours; the first one that fits decides.',
      'Give a rule a second way, for when the first trunk is down.',
      'Move a rule up or down to change which is asked first.',
    ],
  },
  'settings/fraud-guard': {
    for: 'Keeps a stolen password from costing you money.',
    how: [
      'Open only the countries that you call.',
      'Set limits for working hours, and lower ones for nights and weekends.',
      'Who reaches a limit is stopped, and you get an alarm; lift it here.',
    ],
  },
  'settings/hours': {
    for: 'When you are open. Routes and rules ask these calendars.',
    how: [
      'Write hours like 9-17, or 8-12, 13-16:30. Empty is closed.',
      'Copy Monday to the other working days with one button.',
      'Add holidays; they can return each year.',
      'Turn the switch to open or closed by hand, here or with its code on a phone.',
    ],
  },
  'settings/routes': {
    for: 'The way of a call, step by step: hours, greetings, menus, people, queues.',
    how: [
      'Add a route, then its steps. The picture shows where each leads.',
      'Click a step to say what happens in it and what comes next.',
      'Problems are named at their step; a route with one is not saved.',
      'Choose the route at a number so that calls take it.',
      'Ask which way a call would go, at a time and with keys of your choice.',
    ],
  },
  'settings/queues': {
    for: 'Queues in which callers wait for the next free agent.',
    how: [
      'Add a queue and its agents, with level and skills.',
      'Choose who is rung: all, in turn, who has been free the longest, or by skill.',
      'Choose music and what callers are told while they wait.',
      'Say where they go when it takes too long.',
      'Lead a number or a step of a route to the queue.',
    ],
  },
  'settings/mailboxes': {
    for: 'Where callers leave messages: one mailbox for a person or for a group.',
    how: [
      'Add a mailbox and say whose it is.',
      'Choose the greeting; without one the text of Trunkline is heard.',
      'Have new messages announced by e-mail.',
    ],
  },
  'settings/rooms': {
    for: 'Conference rooms: who dials the code and the number of a room talks to the others in it.',
    how: [
      'Add a room with a number and, if you like, a PIN.',
      'Tell the code and the number to those who should come.',
    ],
  },
  'settings/sounds': {
    for: 'Greetings, announcements and music of your own, and what Trunkline itself says.',
    how: [
      'Upload a sound; anything but WAV is converted in your browser.',
      'Play it here before callers hear it.',
      'Replace a text of Trunkline by your own recording, for each language.',
    ],
  },
  'settings/codes': {
    for: 'What people dial and press on their phones, and the slots for parked calls.',
    how: [
      'Change a code, or clear it to turn it off. A clash is named at once.',
      'Codes “pressed in a call” stand between * and #.',
      'Choose the parking slots and after how long a parked call comes back.',
    ],
  },
  'settings/recording': {
    for: 'Which calls are recorded, and whether callers are told first.',
    how: [
      'Without rules every call is recorded.',
      'Add a rule for a number, a group or a direction; the first one that fits decides.',
      'With “announced” the outside party hears it before the talk.',
    ],
  },
  'settings/new-leads': {
    for: 'Who gets a new lead.',
    how: [
      'Add a rule by source, number or language; the first one that fits decides.',
      'Let it pass on to the next owner when nobody opened it in time.',
      'Without rules it goes to who answered, else to who is on duty for the number.',
    ],
  },
  'settings/lists': {
    for: 'The statuses of leads, the stages of deals and the outcomes of calls, in your own words.',
    how: [
      'Rename, add, remove, or move one up or down.',
      'The first is what a new lead or deal gets.',
      'Say of a deal stage whether it closes the deal as won or lost.',
      'Whoever was on a call chooses its outcome; the calls can be filtered by it. A call keeps the words of one that you remove.',
    ],
  },
  'settings/never-record': {
    for: 'Numbers whose calls never make a lead or a contact, for instance private ones.',
    how: ['Write one number a line, in any format.'],
  },
  'settings/office': {
    for: 'The language of phones and greetings, and the clock that reports follow.',
    how: [
      'A number or a key of a menu may choose another language.',
      'The language of this page is your own: menu with your name, “Forwarding and queues”.',
    ],
  },
  'settings/features': {
    for: 'What your office uses. What is switched off is gone from all screens.',
    how: ['Switch a feature off or on; nothing that was set up is lost.'],
  },
  'settings/mail': {
    for: 'The mail server by which new leads, messages and alarms are sent as e-mail.',
    how: [
      'Type server, port, encryption and account as your mail provider names them.',
      'Each person gets mail at the address of their person, in their language.',
    ],
  },
  'settings/log-in': {
    for: 'From which addresses each role may log in.',
    how: [
      'Write one address or range a line; an empty list means from anywhere.',
      'A rule that would shut you out is refused.',
    ],
  },
};
