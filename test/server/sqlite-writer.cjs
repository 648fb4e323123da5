// A worker thread that writes all the time: each transaction moves money from one account to the other, so that a
// copy of the database is consistent only if the two still add up to 1000.
const { parentPort, workerData } = require('node:worker_threads');
const Database = require('better-sqlite3');

const database = new Database(workerData.file, { timeout: 5000 });
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
database.exec('CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY, held INTEGER)');
database.exec('CREATE TABLE IF NOT EXISTS move (n INTEGER PRIMARY KEY, filler TEXT)');
database.exec('INSERT INTO account VALUES (1, 1000), (2, 0)');
const take = database.prepare('UPDATE account SET held = held - 1 WHERE id = 1');
const give = database.prepare('UPDATE account SET held = held + 1 WHERE id = 2');
const note = database.prepare("INSERT INTO move (filler) VALUES (printf('%200d', 7))");
const move = database.transaction(() => {
  take.run();
  give.run();
  note.run();
});

let stopping = false;
parentPort.once('message', () => {
  stopping = true;
});
function writeOn() {
  if (stopping) {
    database.close();
    parentPort.close();
    return;
  }
  for (let n = 0; n < 20; n++) move();
  setTimeout(writeOn, 2); // Steady, but leaves the processor to the others.
}
for (let n = 0; n < 2000; n++) move();
parentPort.postMessage('writing');
writeOn();
