"""A collate function fills up the shorter sentences of each batch."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

torch.manual_seed(0)


class Sentences(Dataset):
    def __len__(self):
        return 160

    def __getitem__(self, i):
        label = i // 4 % 2
        words = torch.randint(1, 50, (3 + i % 4,)) + 50 * label
        return words, label


def collate(samples):
    words, labels = zip(*samples)
    return pad_sequence(words, batch_first=True), torch.tensor(labels)


loader = DataLoader(Sentences(), batch_size=4, collate_fn=collate)
model = nn.Sequential(nn.Embedding(100, 16, padding_idx=0), nn.Linear(16, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
correct = 0
for words, labels in loader:
    logits = model(words).sum(dim=1)
    loss = F.cross_entropy(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    correct += int((logits.argmax(1) == labels).sum())

assert correct > 100, "the sentences were not seen or not learned"
