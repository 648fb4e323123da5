-- AlterTable
ALTER TABLE "Call" ADD COLUMN "note" TEXT;
ALTER TABLE "Call" ADD COLUMN "outcome" TEXT;
