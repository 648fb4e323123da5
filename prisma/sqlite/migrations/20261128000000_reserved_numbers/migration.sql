-- AlterTable
ALTER TABLE "OwnNumber" ADD COLUMN "forMobileId" TEXT;
