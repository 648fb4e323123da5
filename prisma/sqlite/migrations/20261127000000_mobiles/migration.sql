-- AlterTable
ALTER TABLE "OwnNumber" ADD COLUMN "isCallThrough" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "User" ADD COLUMN "sealedPin" TEXT;
