-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "loginKey" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "extension" TEXT,
    "callerNumberId" TEXT,
    "passwordHash" TEXT NOT NULL,
    "mustChangePassword" BOOLEAN NOT NULL DEFAULT false,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "User_callerNumberId_fkey" FOREIGN KEY ("callerNumberId") REFERENCES "OwnNumber" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Login" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT,
    "expiresAt" BIGINT,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "Login_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Device" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "numberId" TEXT,
    "ha1Md5" TEXT NOT NULL,
    "ha1Sha256" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "Device_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Device_numberId_fkey" FOREIGN KEY ("numberId") REFERENCES "OwnNumber" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Call" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "direction" TEXT NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "answeredAt" BIGINT,
    "endedAt" BIGINT,
    "ringMs" INTEGER NOT NULL,
    "talkMs" INTEGER NOT NULL,
    "totalMs" INTEGER NOT NULL,
    "cause" TEXT,
    "fault" TEXT,
    "callerTyped" TEXT NOT NULL,
    "callerNumber" TEXT,
    "callerName" TEXT,
    "callerUserId" TEXT,
    "calleeTyped" TEXT NOT NULL,
    "calleeNumber" TEXT,
    "numberId" TEXT,
    "trunkId" TEXT,
    "answeredByUserId" TEXT,
    "rangUserIds" TEXT NOT NULL,
    "cardKind" TEXT,
    "cardId" TEXT,
    "companyId" TEXT,
    "otherCards" TEXT NOT NULL,
    "legs" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "CallUser" (
    "userId" TEXT NOT NULL,
    "callId" TEXT NOT NULL,
    "startedAt" BIGINT NOT NULL,

    PRIMARY KEY ("userId", "callId")
);

-- CreateTable
CREATE TABLE "Recording" (
    "callId" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "leftRmsDb" REAL,
    "rightRmsDb" REAL
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "companyId" TEXT,
    "email" TEXT,
    "notes" TEXT,
    "responsibleUserId" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "lastActivityAt" BIGINT NOT NULL,
    CONSTRAINT "Contact_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Contact_responsibleUserId_fkey" FOREIGN KEY ("responsibleUserId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Company" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "email" TEXT,
    "notes" TEXT,
    "responsibleUserId" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "lastActivityAt" BIGINT NOT NULL,
    CONSTRAINT "Company_responsibleUserId_fkey" FOREIGN KEY ("responsibleUserId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Lead" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "name" TEXT,
    "nameKey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT,
    "isNew" BOOLEAN NOT NULL,
    "convertedToKind" TEXT,
    "convertedToId" TEXT,
    "email" TEXT,
    "notes" TEXT,
    "responsibleUserId" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "lastActivityAt" BIGINT NOT NULL,
    CONSTRAINT "Lead_responsibleUserId_fkey" FOREIGN KEY ("responsibleUserId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Phone" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "e164" TEXT,
    "digits" TEXT NOT NULL,
    "typed" TEXT NOT NULL,
    "label" TEXT,
    "contactId" TEXT,
    "companyId" TEXT,
    "leadId" TEXT,
    CONSTRAINT "Phone_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Phone_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Phone_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Deal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "contactId" TEXT,
    "companyId" TEXT,
    "responsibleUserId" TEXT,
    "amount" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    CONSTRAINT "Deal_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Deal_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Deal_responsibleUserId_fkey" FOREIGN KEY ("responsibleUserId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Status" (
    "of" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "ends" TEXT NOT NULL,

    PRIMARY KEY ("of", "id")
);

-- CreateTable
CREATE TABLE "Trunk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "host" TEXT,
    "port" INTEGER,
    "transport" TEXT NOT NULL,
    "username" TEXT,
    "sealedPassword" TEXT,
    "allowedAddresses" TEXT NOT NULL,
    "numberFrom" TEXT NOT NULL,
    "numberFormat" TEXT NOT NULL,
    "country" TEXT,
    "codecs" TEXT NOT NULL,
    "channelsMax" INTEGER,
    "tieLine" BOOLEAN NOT NULL,
    "createdAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "OwnNumber" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "numberKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "trunkId" TEXT,
    "name" TEXT,
    "line" TEXT,
    "route" TEXT NOT NULL,
    "makes" TEXT NOT NULL,
    "source" TEXT,
    "createdAt" BIGINT NOT NULL,
    CONSTRAINT "OwnNumber_trunkId_fkey" FOREIGN KEY ("trunkId") REFERENCES "Trunk" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Binding" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "of" TEXT NOT NULL,
    "json" TEXT NOT NULL,
    "expiresAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "NeverRecord" (
    "e164" TEXT NOT NULL PRIMARY KEY
);

-- CreateIndex
CREATE UNIQUE INDEX "User_loginKey_key" ON "User"("loginKey");

-- CreateIndex
CREATE UNIQUE INDEX "User_extension_key" ON "User"("extension");

-- CreateIndex
CREATE INDEX "User_callerNumberId_idx" ON "User"("callerNumberId");

-- CreateIndex
CREATE INDEX "Login_userId_idx" ON "Login"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Device_username_key" ON "Device"("username");

-- CreateIndex
CREATE INDEX "Device_userId_idx" ON "Device"("userId");

-- CreateIndex
CREATE INDEX "Device_numberId_idx" ON "Device"("numberId");

-- CreateIndex
CREATE INDEX "Call_startedAt_id_idx" ON "Call"("startedAt", "id");

-- CreateIndex
CREATE INDEX "Call_cardId_startedAt_idx" ON "Call"("cardId", "startedAt");

-- CreateIndex
CREATE INDEX "Call_companyId_startedAt_idx" ON "Call"("companyId", "startedAt");

-- CreateIndex
CREATE INDEX "Call_callerNumber_idx" ON "Call"("callerNumber");

-- CreateIndex
CREATE INDEX "Call_calleeNumber_idx" ON "Call"("calleeNumber");

-- CreateIndex
CREATE INDEX "Call_endedAt_idx" ON "Call"("endedAt");

-- CreateIndex
CREATE INDEX "CallUser_userId_startedAt_idx" ON "CallUser"("userId", "startedAt");

-- CreateIndex
CREATE INDEX "Contact_nameKey_id_idx" ON "Contact"("nameKey", "id");

-- CreateIndex
CREATE INDEX "Contact_companyId_idx" ON "Contact"("companyId");

-- CreateIndex
CREATE INDEX "Contact_responsibleUserId_idx" ON "Contact"("responsibleUserId");

-- CreateIndex
CREATE INDEX "Company_nameKey_id_idx" ON "Company"("nameKey", "id");

-- CreateIndex
CREATE INDEX "Company_responsibleUserId_idx" ON "Company"("responsibleUserId");

-- CreateIndex
CREATE INDEX "Lead_createdAt_id_idx" ON "Lead"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_nameKey_id_idx" ON "Lead"("nameKey", "id");

-- CreateIndex
CREATE INDEX "Lead_status_idx" ON "Lead"("status");

-- CreateIndex
CREATE INDEX "Lead_responsibleUserId_idx" ON "Lead"("responsibleUserId");

-- CreateIndex
CREATE INDEX "Lead_convertedToId_idx" ON "Lead"("convertedToId");

-- CreateIndex
CREATE INDEX "Phone_e164_idx" ON "Phone"("e164");

-- CreateIndex
CREATE INDEX "Phone_digits_idx" ON "Phone"("digits");

-- CreateIndex
CREATE INDEX "Phone_contactId_idx" ON "Phone"("contactId");

-- CreateIndex
CREATE INDEX "Phone_companyId_idx" ON "Phone"("companyId");

-- CreateIndex
CREATE INDEX "Phone_leadId_idx" ON "Phone"("leadId");

-- CreateIndex
CREATE INDEX "Deal_createdAt_id_idx" ON "Deal"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Deal_contactId_idx" ON "Deal"("contactId");

-- CreateIndex
CREATE INDEX "Deal_companyId_idx" ON "Deal"("companyId");

-- CreateIndex
CREATE INDEX "Deal_stage_idx" ON "Deal"("stage");

-- CreateIndex
CREATE INDEX "Deal_responsibleUserId_idx" ON "Deal"("responsibleUserId");

-- CreateIndex
CREATE UNIQUE INDEX "Trunk_name_key" ON "Trunk"("name");

-- CreateIndex
CREATE UNIQUE INDEX "OwnNumber_numberKey_key" ON "OwnNumber"("numberKey");

-- CreateIndex
CREATE UNIQUE INDEX "OwnNumber_line_key" ON "OwnNumber"("line");

-- CreateIndex
CREATE INDEX "OwnNumber_trunkId_idx" ON "OwnNumber"("trunkId");

-- CreateIndex
CREATE INDEX "Binding_of_idx" ON "Binding"("of");


