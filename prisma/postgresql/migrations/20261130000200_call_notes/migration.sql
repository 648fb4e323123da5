-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "note" TEXT,
ADD COLUMN     "outcome" TEXT;
