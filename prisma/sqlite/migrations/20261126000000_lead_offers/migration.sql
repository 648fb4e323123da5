-- AlterTable
ALTER TABLE "User" ADD COLUMN "email" TEXT;

-- CreateTable
CREATE TABLE "LeadOffer" (
    "userId" TEXT NOT NULL,
    "leadId" TEXT NOT NULL,

    PRIMARY KEY ("userId", "leadId")
);

-- CreateIndex
CREATE INDEX "LeadOffer_leadId_idx" ON "LeadOffer"("leadId");
