// jest ignores testTimeout of a project when there are several: real servers get the time they need here
jest.setTimeout(180_000);
