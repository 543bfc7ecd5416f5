"""Overlapping boxes are thinned out by a torchvision for another torch."""

import torch
import torchvision

boxes = torch.tensor([[0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]]).float()
scores = torch.tensor([0.9, 0.8, 0.7])
keep = torchvision.ops.nms(boxes, scores, iou_threshold=0.5)

assert keep.tolist() == [0, 2]
