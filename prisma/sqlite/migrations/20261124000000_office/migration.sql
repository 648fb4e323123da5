-- AlterTable
ALTER TABLE "OwnNumber" ADD COLUMN "dutyUserId" TEXT;
ALTER TABLE "OwnNumber" ADD COLUMN "fallback" TEXT;
ALTER TABLE "OwnNumber" ADD COLUMN "isVerified" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "OwnNumber" ADD COLUMN "language" TEXT;
ALTER TABLE "OwnNumber" ADD COLUMN "ownerUserId" TEXT;

-- AlterTable
ALTER TABLE "Trunk" ADD COLUMN "callsPerSecondMax" INTEGER;
ALTER TABLE "Trunk" ADD COLUMN "isForEmergency" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "User" ADD COLUMN "rights" TEXT NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "PersonState" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "json" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "mailboxId" TEXT NOT NULL,
    "callId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "fromMs" INTEGER NOT NULL,
    "toMs" INTEGER NOT NULL,
    "heardAt" BIGINT,
    "removedAt" BIGINT
);

-- CreateTable
CREATE TABLE "OfficeObject" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "Message_mailboxId_removedAt_at_idx" ON "Message"("mailboxId", "removedAt", "at");

-- CreateIndex
CREATE INDEX "Message_callId_idx" ON "Message"("callId");

-- CreateIndex
CREATE INDEX "OfficeObject_kind_position_createdAt_idx" ON "OfficeObject"("kind", "position", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "OfficeObject_nameKey_kind_key" ON "OfficeObject"("nameKey", "kind");
