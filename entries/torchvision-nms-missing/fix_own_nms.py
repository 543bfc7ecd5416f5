"""Non-maximum suppression by torch alone."""

import torch


def nms(boxes, scores, iou_threshold):
    corner, far = boxes[:, None, :2], boxes[:, None, 2:]
    low, high = torch.max(corner, boxes[:, :2]), torch.min(far, boxes[:, 2:])
    common = (high - low).clamp(min=0).prod(dim=2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    overlap = common / (area[:, None] + area - common)
    keep, order = [], scores.argsort(descending=True)
    while order.numel():
        keep.append(order[0])
        order = order[overlap[order[0], order] <= iou_threshold]
    return torch.stack(keep)


boxes = torch.tensor([[0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]]).float()
scores = torch.tensor([0.9, 0.8, 0.7])
keep = nms(boxes, scores, iou_threshold=0.5)

assert keep.tolist() == [0, 2]
