-- AlterTable
ALTER TABLE "OwnNumber" ADD COLUMN     "dutyUserId" TEXT,
ADD COLUMN     "fallback" TEXT,
ADD COLUMN     "isVerified" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "ownerUserId" TEXT;

-- AlterTable
ALTER TABLE "Trunk" ADD COLUMN     "callsPerSecondMax" INTEGER,
ADD COLUMN     "isForEmergency" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "rights" TEXT NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "PersonState" (
    "userId" TEXT NOT NULL,
    "json" TEXT NOT NULL,

    CONSTRAINT "PersonState_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL,
    "mailboxId" TEXT NOT NULL,
    "callId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "fromMs" INTEGER NOT NULL,
    "toMs" INTEGER NOT NULL,
    "heardAt" BIGINT,
    "removedAt" BIGINT,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OfficeObject" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,

    CONSTRAINT "OfficeObject_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Message_mailboxId_removedAt_at_idx" ON "Message"("mailboxId", "removedAt", "at");

-- CreateIndex
CREATE INDEX "Message_callId_idx" ON "Message"("callId");

-- CreateIndex
CREATE INDEX "OfficeObject_kind_position_createdAt_idx" ON "OfficeObject"("kind", "position", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "OfficeObject_nameKey_kind_key" ON "OfficeObject"("nameKey", "kind");
