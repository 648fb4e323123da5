-- AlterTable
ALTER TABLE "Status" ADD COLUMN "isRemoved" BOOLEAN NOT NULL DEFAULT false;
