-- AlterTable
ALTER TABLE "Trunk" ADD COLUMN     "weRegister" BOOLEAN NOT NULL DEFAULT false;
